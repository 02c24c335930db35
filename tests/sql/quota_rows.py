"""Bad rows of the quota ledger."""

from tests.sql.world import SERVICE


def checks():
    for name, bad in (("seq_check", {"seq": 0}),
                      ("cause_check", {"cause": "weather"}),
                      ("is_whole", {"present": None}),
                      ("floor_is_of_the_enterprise", {"floor_seats": 1})):
        yield "quota_entry", f"quota_entry_{name}", bad
    yield "quota_standing", "quota_standing_seq_check", {"seq": -1}
    for name, bad in (
            ("kind_check", {"kind": "weather"}), ("seats_check", {"seats": -1}),
            ("present_check", {"present": -1}),
            ("actor_is_emptied", {"actor": SERVICE}),
            ("ends_after_it_began", {"ended_at": "2025-01-01"}),
            ("told_by_somebody", {"office_told_at": "2026-02-01"})):
        yield "quota_notice", f"quota_notice_{name}", bad
    for name, bad in (
            ("code_check", {"code": "short"}), ("version_check",
                                                {"version": 2}),
            ("days_in_order", {"last_day": "2025-12-31"}),
            ("sha256_fits", {"content": "{} "})):
        yield "quota_statement", f"quota_statement_{name}", bad
