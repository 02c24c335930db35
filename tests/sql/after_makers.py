"""Sound rows of what follows the publication of a round: part of World."""

import uuid


class AfterMakers:
    def _run_release(self, given):
        return {"run_id": self._run_of(given), "reason": "更正",
                "student_id": self.any("student")}

    def _run_prior(self, given):
        return {"run_id": self._run_of(given), "is_pinned": True,
                "student_id": self.any("student"),
                "placement_id": self.found_placement()}

    def _run_move(self, given):
        return {"run_id": self._run_of(given),
                "student_id": self.any("student"),
                "to_posting_id": self.any("posting")}

    def _publication(self, given):
        return {"round_id": self.closed_round(), "number": 1,
                "run_id": self._run_of(given), "made": 0, "ended": 0,
                "kept": 0}

    def _appeal(self, given):
        student = self.any("student")
        return {"id": str(uuid.uuid4()), "round_id": self.any("round"),
                "made_by": "student", "owner_id": student,
                "student_id": student, "grounds": "data", "text": "有誤"}

    def _specialty_list(self, given):
        return {"id": str(uuid.uuid4()), "name": "清單", "year": 2026,
                "rule": "{}"}

    def _specialty_entry(self, given):
        return {"id": str(uuid.uuid4()), "list_id": self.any("specialty_list"),
                "specialty_code": "460101", "level": "associate",
                "outcome": "restrict", "is_hidden": False, "is_stable": True,
                "with_more": "restrict", "cohorts": 3, "graduates": 99,
                "evidence": "{}"}

    def _specialty_appeal(self, given):
        return {"id": str(uuid.uuid4()), "list_id": self.any("specialty_list"),
                "entry_id": self.any("specialty_entry"),
                "school_id": self.any("school"), "text": "有誤"}

    def _internship_start(self, given):
        return {"id": self.found_placement(), "started_on": "2026-09-01",
                "tier": 1, "broken": []}

    def _placement_reminder(self, given):
        return {"placement_id": self.found_placement(),
                "remind_at": "2027-01-01"}
