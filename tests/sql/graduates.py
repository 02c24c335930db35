"""Sound rows of where graduates went: for a World, whose adds they are."""

import uuid


def new_id():
    return str(uuid.uuid4())


class Graduates:
    def _graduate_fact(self, _):
        return {"student_id": new_id(), "from_at": "2026-07-01",
                "school_id": new_id(), "year": 2026, "month": 6,
                "specialty_code": "460101", "sex": "male", "code": "70",
                "evidence": 1, "place": 0, "aligned_said": 0,
                "aligned_computed": 0}

    def _graduate_count(self, _):
        row = self._graduate_fact(_)
        return {**{name: value for name, value in row.items()
                   if name not in ("student_id", "from_at")}, "n": 1}

    def _graduate_sum(self, _):
        return {"proof": 0, "year": 2026, "school_id": new_id(), "month": 6,
                "specialty_code": "460101", "sex": "male"}

    def _demand_sum(self, _):
        return {"year": 2026, "source": "job", "node": "460101",
                "education": ""}

    def _demand_count(self, given):
        return {**self._demand_sum(given), "postings": 1, "openings": 3,
                "share": 3000}

    def _entrant_sum(self, _):
        return {"year": 2026, "school_id": new_id(),
                "specialty_code": "460101"}

    def _entrant_count(self, given):
        return {**self._entrant_sum(given), "entrants": 1, "students": 1}

    def _asked_posting(self, _):
        return {"id": new_id(), "year": 2026, "kind": "job",
                "division_code": "320505", "cells": ["2026|460101|"],
                "openings": 3, "is_open": True}

    def _filled_seat(self, _):
        return {"id": new_id(), "year": 2026, "kind": "job",
                "school_id": new_id(), "specialty_code": "460101",
                "days": 3}

    def _pay_count(self, _):
        return {"year": 2026, "division_code": "320505",
                "cells": ["2026|460101|"], "pay_fen": 500000, "n": 1}

    def _pay_list(self, _):
        return {"cut": "class", "division_code": "", "year": 2026,
                "scope": "4601", "pays": [500000]}

    def _seat_count(self, given):
        row = self._filled_seat(given)
        del row["id"]
        return {**row, "n": 1}

    def _seat_list(self, _):
        return {"cut": "class", "school_id": new_id(), "year": 2026,
                "scope": "4601", "seats": 1, "internships": 0, "days": [3]}

    def _graduate_total(self, _):
        return {**self._graduate_sum(_), "cut": "place"}

    def _follow_up_sum(self, _):
        return {"cut": "place", "school_id": self.any("school"),
                "day": "2026-12-31", "specialty_code": "660301", "sex": "",
                "month": 0}

    def _guided_sum(self, _):
        return {"cut": "code", "year": 2026, "specialty_code": "660301",
                "school_id": new_id(), "word": "12", "n": 1}

    def _graduate_past(self, _):
        return {**self._graduate_total(_), "from_at": "2026-07-01"}

    def _graduate_epoch(self, _):
        return {"until": "2026-07-01"}

    def _graduate_fence(self, _):
        return {"asked_at": "2026-07-01"}
