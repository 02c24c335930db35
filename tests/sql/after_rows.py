"""Rows that what follows the publication of a round refuses."""

from tests.sql.world import SERVICE, new_id


# found by the student: no round's
FOUND = {"origin": "self_found", "round_id": None, "run_id": None,
         "score": None, "choice": None, "posting_id": None, "title": "實習"}


def checks():
    for column in ("decide_by", "appeals_by"):
        yield ("round", "round_answers_follow_publication",
               {column: "2027-02-01"})
    yield ("placement", "placement_decide_by_is_of_a_round",
           {**FOUND, "decide_by": "2999-01-01"})
    yield "run", "run_again_says_who_stays", {"pins": "all"}
    for text in ("", "長" * 501):
        yield "run_release", "run_release_reason_check", {"reason": text}
    yield "run_move", "run_move_moves", {"to_posting_id": None}
    yield "publication", "publication_number_check", {"number": 0}
    for column in ("made", "ended", "kept"):
        yield "publication", f"publication_{column}_check", {column: -1}
    yield ("placement", "placement_superseded_has_ended",
           {"superseded_by": new_id()})
    yield "internship_start", "internship_start_tier_check", {"tier": 6}
    yield "appeal", "appeal_made_by_check", {"made_by": "office"}
    yield "appeal", "appeal_grounds_check", {"grounds": "taste"}
    for text in ("", "長" * 5001):
        yield "appeal", "appeal_text_check", {"text": text}
        yield "appeal", "appeal_answer_check", {"answer": text}
    for values in ({"student_id": None}, {"posting_id": new_id()},
                   {"made_by": "enterprise"}, {"owner_id": new_id()}):
        yield "appeal", "appeal_is_about_one", values
    for values in ({"actor": SERVICE}, {"reason": "x"}):
        yield "appeal", "appeal_actor_is_emptied", values
    table = "specialty_list"
    for name in ("", "長" * 101):
        yield table, f"{table}_name_check", {"name": name}
    for year in (1999, 2101):
        yield table, f"{table}_year_check", {"year": year}
    yield (table, f"{table}_published_is_timed",
           {"published_at": "2026-01-01"})
    table = "specialty_entry"
    yield table, f"{table}_level_check", {"level": "phd"}
    yield table, f"{table}_outcome_check", {"outcome": "good"}
    yield table, f"{table}_own_is_of_a_school", {"own_evidence": "{}"}
    yield (table, f"{table}_decision_is_whole",
           {"decided_outcome": "upgrade"})
    yield table, f"{table}_decided_why_check", {
        "decided_outcome": "upgrade", "decided_why": "",
        "decided_at": "2026-01-01", "decided_by": SERVICE}
    for outcome, constraint in (("restrict", "decision_differs"),
                                ("too-few", "decided_outcome_check")):
        yield table, f"{table}_{constraint}", {
            "decided_outcome": outcome, "decided_why": "x",
            "decided_at": "2026-01-01", "decided_by": SERVICE}
    table = "specialty_appeal"
    yield table, f"{table}_asks_check", {"asks": "too-few"}
    for text in ("", "長" * 5001):
        yield table, f"{table}_text_check", {"text": text}
    yield table, f"{table}_answer_check", {"answer": ""}
    for table in ("specialty_list", "specialty_appeal"):
        for values in ({"actor": SERVICE}, {"reason": "x"}):
            yield table, f"{table}_actor_is_emptied", values
    yield ("specialty_entry", "specialty_entry_actor_is_emptied",
           {"actor": SERVICE})
