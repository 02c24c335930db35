"""What the matrix needs of quotas: makers of notices and exemptions."""

from tests.api.matrix_accounts import Thing
from tests.api.town import new_id


class Quotas:
    def a_quota_notice(self, state):
        """That a new enterprise owes interns; or that it no longer does."""
        thing = self.a_enterprise("verified")
        if state == "ended":
            self.town.run("update enterprise set staff_count = 0, actor = id"
                          " where id = %s", thing.id)
        made = self.town.one("select id from quota_notice where enterprise_id"
                             " = %s and (ended_at is null) = %s", thing.id,
                             state == "open")
        return Thing("quota_notice", made, state, tokens=thing.tokens)

    def a_quota_override(self, state):
        thing, made = self.a_enterprise("verified"), new_id()
        first, last, early = {
            "coming": (1, 9, None), "holding": (0, 9, None),
            "over": (-9, -1, None), "withdrawn": (1, 9, 0)}[state]
        self.town.run(
            "insert into quota_override (consortium_id, id, enterprise_id,"
            " floor_mille, why, starts_on, ends_on, ended_on, ended_why)"
            " values (%s, %s, %s, 0, '停产', today_in_china() + %s,"
            " today_in_china() + %s, today_in_china() + %s::integer, %s)",
            self.home, made, thing.id, first, last, early,
            None if early is None else "复产")
        return Thing("quota_override", made, state, tokens=thing.tokens)
