"""Sound rows of the quota ledger, for World."""

import hashlib
import itertools
import uuid

from tests.sql.graduates import Graduates

numbers = itertools.count(1001)


class QuotaRows(Graduates):
    """Makers of rows, as World has them."""

    def _policy_there(self):
        self.any("policy")
        return self.rows["policy"]["version"]

    def _quota_entry(self, given):
        return {"enterprise_id": self._enterprise_of(given),
                "line_id": str(uuid.uuid4()), "seq": next(numbers),
                "at": "2026-01-01", "cause": "day",
                "policy_version": self._policy_there(), "staff_count": 40,
                "cap_mille": 200, "cap_seats": 8, "present": 0,
                "started": 0, "committed": 0}

    def _quota_standing(self, _):
        made = self.add("enterprise")["id"]
        self.run("delete from quota_standing where enterprise_id = %s", made)
        return {"enterprise_id": made}

    def _quota_notice(self, given):
        return {"id": str(uuid.uuid4()),
                "enterprise_id": self._enterprise_of(given),
                "line_id": str(uuid.uuid4()), "kind": "at-cap", "seats": 8,
                "present": 8, "policy_version": self._policy_there(),
                "began_at": "2026-01-01"}

    def _quota_statement(self, given):
        return {"id": str(uuid.uuid4()),
                "enterprise_id": self._enterprise_of(given),
                "first_day": "2026-01-01", "last_day": "2026-12-31",
                "content": "{}", "sha256": hashlib.sha256(b"{}").digest(),
                "code": "A" * 108}
