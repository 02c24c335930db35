"""Sound rows of a round's life, for a World."""

import itertools
import uuid

SERVICE = "00000000-0000-0000-0000-000000000000"
ranks = itertools.count(1)


class RoundWays:
    def _round_seats(self, _):
        return {"round_id": self.any("round"),
                "posting_id": self.any("posting"), "openings": 2}

    def _round_reminder(self, _):
        return {"round_id": self.any("round"), "kind": "list-missing",
                "student_id": self.any("student"), "id": str(uuid.uuid4())}

    def _round_reminding(self, _):
        return {"round_id": self.any("round")}

    def _capacity_request(self, _):
        return {"id": str(uuid.uuid4()), "round_id": self.open_round(),
                "posting_id": self.any("posting"),
                "enterprise_id": self.any("enterprise"),
                "openings_before": 2, "openings": 3, "because": "扩产"}

    def _posting_ranking(self, _):
        return {"round_id": self.open_round(),
                "posting_id": self.any("posting"), "updated_by": SERVICE}

    def _posting_rank(self, _):
        self.any("posting_ranking")
        return {"round_id": self.rows["posting_ranking"]["round_id"],
                "posting_id": self.rows["posting_ranking"]["posting_id"],
                "rank": next(ranks) % 900 + 1,
                "student_id": self.any("student")}
