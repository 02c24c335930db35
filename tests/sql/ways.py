"""Rows that have come some way: for a World, whose adds and moves they are."""

from tests.sql.run_rows import RunRows

PARTIES = ("school", "enterprise", "student", "guardian")


class Ways(RunRows):
    def found_placement(self):
        """One of a student who has no other, from no round."""
        self.any("student")
        return self.add("placement", origin="self_found",
                        student_id=self.add("student")["id"])["id"]

    def sign(self, placement, *parties):
        """All who must have signed an agreement of the placement."""
        self.add("agreement", id=placement)
        self.add("agreement_edition", placement_id=placement)
        for party in parties or PARTIES:
            self.add("agreement_signature", placement_id=placement,
                     party=party,
                     name="監護人" if party == "guardian" else None)
        self.update("agreement", placement, signed_edition=1)

    def verified_enterprise(self):
        row = self.add("enterprise")
        self.move("enterprise", row["id"], "verified")
        return row["id"]

    def published_posting(self, **values):
        values = {"enterprise_id": self.verified_enterprise(), **values}
        row = self.add("posting", **values)
        self.move("posting", row["id"], "published", closes_at="2999-01-01")
        return row["id"]

    def open_round(self):
        if "open" not in self.rows:
            policy = self.add("policy")["version"]
            self.rows["open"] = self.add("round", policy_version=policy)
            self.move("round", self.rows["open"]["id"], "open")
        return self.rows["open"]["id"]

    def closed_round(self):
        """One that takes runs; not the open one."""
        if "closed" not in self.rows:
            policy = self.add("policy")["version"]
            row = self.add("round", policy_version=policy)
            self.move("round", row["id"], "open")
            self.move("round", row["id"], "closed")
            self.rows["closed"] = row
        return self.rows["closed"]["id"]

    def running_run(self):
        if "running" not in self.rows:
            self.rows["running"] = self.add("run")
            self.take(self.rows["running"]["id"])
        return self.rows["running"]["id"]

    def take(self, run):
        self.move("run", run, "running", worker="w1", attempt=1,
                  lease_until="2999-01-01", started_at="2026-01-01")

    def finish(self, run, **values):
        for kind in ("instance", "result"):
            self.add("run_file", run_id=run, kind=kind)
        self.move("run", run, "done", **{
            "is_verified": True, "finished_at": "2026-01-02",
            "student_count": 0, "placed_count": 0, **values})
