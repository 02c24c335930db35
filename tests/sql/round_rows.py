"""Bad rows of a round's life: its end, lists, rankings, seats."""

from tests.sql.world import SERVICE


def checks():
    yield "round_reminder", "round_reminder_kind_check", {"kind": "late"}
    yield "round_reminder", "round_reminder_is_of_one", {
        "kind": "ranking-missing"}
    yield "capacity_request", "capacity_request_actor_is_emptied", {
        "actor": SERVICE}
    for reason in ("", "x" * 501):
        yield ("round", "round_cancelled_because_check",
               {"cancelled_because": reason})
    for openings in (0, 10001):
        yield "round_seats", "round_seats_openings_check", {
            "openings": openings}
        yield "capacity_request", "capacity_request_openings_check", {
            "openings": openings}
    yield ("capacity_request", "capacity_request_changes",
           {"openings_before": 3})
    yield ("capacity_request", "capacity_request_decided_is_timed",
           {"decided_at": "2026-06-01"})
    for why in ("", "x" * 501):
        yield "capacity_request", "capacity_request_because_check", {
            "because": why}
        yield "capacity_request", "capacity_request_decided_because_check", {
            "decided_because": why}
    for rank in (0, 1001):
        yield "posting_rank", "posting_rank_rank_check", {"rank": rank}
    yield "policy", "policy_counted_lists_check", {"counted_lists": "some"}
    yield "policy", "policy_host_lists_check", {"host_lists": "some"}
    yield ("wish_list", "wish_list_certificate_is_whole",
           {"certified_at": "2026-06-01"})
