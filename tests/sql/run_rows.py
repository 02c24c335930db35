"""Rows of what a run leaves, for world.py; and those that are not taken, for
bad_rows.py."""


class RunRows:
    def _run_unplaced(self, given):
        return {"run_id": self._run_of(given),
                "student_id": self.any("student"), "why": "score", "choice": 1}

    def _run_left_out(self, given):
        return {"run_id": self._run_of(given),
                "student_id": self.any("student"),
                "posting_id": self.any("posting"), "rule": "age"}


def checks():
    yield "run", "run_phase_check", {"phase": "sleep"}
    for share in (-1, 1001):
        yield "run", "run_share_check", {"share": share}
    for column in ("store_ms", "memory_bytes", "published_beside"):
        yield "run", f"run_{column}_check", {column: -1}
    yield "run_unplaced", "run_unplaced_why_check", {"why": "late"}
    yield "run_unplaced", "run_unplaced_choice_check", {"choice": 0}
    yield "run_unplaced", "run_unplaced_gap_check", {"gap": -1}
    for bad in ({"choice": None}, {"why": "no_wishes"}):
        yield "run_unplaced", "run_unplaced_names_its_wish", bad
    yield "run_left_out", "run_left_out_rule_check", {"rule": ""}
    yield "run_group", "run_group_shortfall_fits", {"shortfall": 1}
