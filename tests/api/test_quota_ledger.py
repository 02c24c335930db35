"""The quota ledger: today from the rows, other days, and its history."""

import pytest

from tests.api.hall import hall  # noqa: F401
from tests.api.placed import day, ward  # noqa: F401
from tests.api.test_quota import CATEGORY, own_path, set_staff
from tests.api.test_reference_lists import walk
from tests.api.town import SERVICE, new_id


@pytest.fixture
def quota(hall, people):  # noqa: F811
    """Asks for the enterprise's quota."""
    def ask(query="", client=None, status=200):
        reply = (client or hall.enterprise).get(
            own_path(people, "quota") + query)
        assert reply.status == status, reply
        return reply.json
    return ask


@pytest.fixture
def history(hall, people):  # noqa: F811
    def ask(query=""):
        target = own_path(people, "quota", "history")
        return walk(hall.enterprise, f"{target}?limit=2{query}")
    return ask


def counts(line):
    return tuple(line[name] for name in ("present", "started", "committed"))


def asked(line):
    return tuple(line["asked"][name]
                 for name in ("wishing", "proposed", "offered", "reserved"))


def causes(entries):
    return [entry["cause"] for entry in entries]


def settle(town):
    return town.one("select settle_due_quotas(1000)")


def test_it_moves_with_a_placement(ward, quota, town):  # noqa: F811
    category = ward.hall.enterprise.post(
        own_path(ward.people, "post-categories"), CATEGORY).json["id"]
    days = {"period_start": day(0), "period_end": day(120)}
    posting = ward.hall.open(post_category_id=category, **days)
    made = ward.nominated(posting)
    now = quota()
    assert (counts(now), asked(now)) == ((0, 0, 0), (0, 1, 0, 1))
    assert now["recorded_at"] is None
    assert ward.accept(made).status == 200
    now = quota()
    assert (counts(now), asked(now)) == ((1, 0, 1), (0, 0, 0, 0))
    assert (now["shortfall"], now["headroom"]) == (19, 99)
    assert counts(now["post_categories"][0]) == (1, 0, 1)
    assert quota(f"?on={day(0)}") == now
    ward.signed(made)
    assert counts(quota()) == (1, 0, 1)
    assert ward.start(made).status == 200
    now = quota()
    assert counts(now) == (1, 1, 0)
    assert counts(now["post_categories"][0]) == (1, 1, 0)
    assert counts(quota(f"?on={day(120)}")) == (1, 1, 0)
    assert counts(quota(f"?on={day(121)}")) == (0, 0, 0)
    assert ward.complete(made, reason="期满").status == 200
    assert counts(quota()) == (0, 0, 0)


def test_who_comes_later_is_committed(ward, quota):  # noqa: F811
    made = ward.nominated(ward.hall.open(period_start=day(30),
                                         period_end=day(90)))
    assert asked(quota(f"?on={day(90)}")) == (0, 1, 0, 1)
    assert asked(quota(f"?on={day(91)}")) == (0, 0, 0, 0)
    assert ward.accept(made).status == 200
    for offset, want in ((0, (0, 0, 1)), (29, (0, 0, 1)), (30, (1, 0, 1)),
                         (90, (1, 0, 1)), (91, (0, 0, 0))):
        assert counts(quota(f"?on={day(offset)}")) == want, offset
    assert counts(quota(f"?from={day(0)}&to={day(30)}")) == (1, 0, 1)


def test_offers_and_wishes_are_asked(ward, quota, town):  # noqa: F811
    hall = ward.hall  # noqa: F811
    posting = hall.open()
    round_id = hall.office.post("/v1/rounds", {
        "name": "春季", "opens_at": "2026-01-01T00:00:00Z",
        "closes_at": "2027-02-01T00:00:00Z", "period_start": "2027-03-01",
        "period_end": "2027-08-31"}).json["id"]
    assert hall.office.post(f"/v1/rounds/{round_id}/open").status == 200
    put = hall.student.put(f"/v1/students/{ward.people.student}/preferences",
                           {"round_id": round_id, "posting_ids": [posting]})
    assert put.status in (200, 201), put
    assert asked(quota()) == (1, 0, 0, 0)
    application = hall.applied(posting)
    offer = hall.enterprise.post(f"/v1/applications/{application}/offers", {
        "starts_on": "2027-03-01", "ends_on": "2027-08-31",
        "pay_fen": 320000, "reply_by": "2027-02-01T00:00:00Z"})
    assert offer.status == 201, offer
    assert asked(quota()) == (1, 0, 1, 1)
    ward.nominated(posting)
    assert asked(quota()) == (1, 1, 1, 1), "one student, twice"
    town.run("update offer set reply_by = now() - interval '1 hour',"
             " actor = %s where id = %s", SERVICE, offer.json["id"])
    assert asked(quota()) == (1, 1, 0, 1)
    assert hall.office.post(f"/v1/rounds/{round_id}/close").status == 200
    assert asked(quota())[0] == 1
    town.run("update round set state = 'cancelled', reason = 'x', actor = %s"
             " where id = %s", SERVICE, round_id)
    assert asked(quota())[0] == 0


def test_what_changed_it(ward, quota, history, town):  # noqa: F811
    people, hall = ward.people, ward.hall  # noqa: F811
    settle(town)
    ward.decline(ward.nominated())
    started = ward.started()
    own = own_path(people)
    firm = hall.enterprise.get(own)
    reply = hall.enterprise.patch(own, {
        "staff_count": 500, "staff_counted_on": "2026-11-01"},
        headers={"If-Match": firm.etag})
    assert reply.status == 200, reply
    granted = new_id()
    town.run("insert into quota_override (consortium_id, id, enterprise_id,"
             " floor_mille, why, ends_on) values (%s, %s, %s, 0,"
             " '新建产线', '2099-12-31')",
             people.consortium, granted, people.enterprise)
    assert ward.terminate(started, hall.school).status == 200
    policy = dict(hall.office.get(
        f"/v1/consortia/{people.consortium}/policy").json)
    for name in ("version", "valid_from", "created_at"):
        policy.pop(name)
    reply = hall.office.post(f"/v1/consortia/{people.consortium}/policy",
                             {**policy, "staff_cap_mille": 50})
    assert reply.status == 201, reply
    settle(town)
    entries = history()
    assert causes(entries) == [
        "policy", "terminated", "override", "enterprise", "started",
        "agreement_signed", "accepted", "declined", "policy"], entries
    assert [entry["seq"] for entry in entries] == list(range(9, 0, -1))
    for new, old in zip(entries, entries[1:]):
        assert new["before"] == {name: old[name] for name in new["before"]}
        assert new["at"] > old["at"]
    assert entries[-1]["before"] is None
    assert [(e["cap"], e["floor"]) for e in entries[:4]] == [
        (25, 0), (50, 0), (50, 0), (50, 10)]
    assert [counts(e) for e in entries[1:8]] == [
        (0, 0, 0), (1, 1, 0), (1, 1, 0), (1, 1, 0), (1, 0, 1), (1, 0, 1),
        (0, 0, 0)]
    assert (entries[1]["subject_id"], entries[2]["subject_id"]) == \
        (started, str(granted))
    assert [e["policy_version"] for e in entries[:2]] == [
        entries[1]["policy_version"] + 1, entries[-1]["policy_version"]]
    assert causes(history("&cause=started")) == ["started"]
    assert history(f"&from={day(1)}") == history(f"&to={day(-1)}") == []
    assert history(f"&from={day(0)}&to={day(0)}") == entries
    newest, now = entries[0], quota()
    for name in ("floor", "cap", "present", "started", "committed",
                 "shortfall", "headroom", "excess", "policy_version",
                 "staff_count", "size_class", "floor_rule", "floor_mille",
                 "cap_mille"):
        assert newest[name] == now[name], name
    assert settle(town) == 0, "all ledgers are as of today"


def test_a_post_category_has_a_ledger_of_its_own(ward, history,  # noqa: F811
                                                 quota, town):
    path = own_path(ward.people, "post-categories")
    made = ward.hall.enterprise.post(path, CATEGORY)
    category = made.json["id"]
    placed = ward.accepted(post_category_id=category)
    entries = history(f"&post_category_id={category}")
    assert causes(entries) == ["accepted", "post_category"]
    assert [(e["cap"], e["floor"], counts(e)) for e in entries] == [
        (9, None, (1, 0, 1)), (9, None, (0, 0, 0))]
    assert ward.terminate(placed, ward.hall.school).status == 200
    other = ward.hall.enterprise.post(path, {**CATEGORY, "name": "钳工"})
    gone = ward.hall.enterprise.delete(other.headers["location"],
                                       headers={"If-Match": other.etag})
    assert gone.status == 204, gone
    entries = history(f"&post_category_id={other.json['id']}")
    assert causes(entries) == ["post_category", "post_category"]
    assert (entries[0]["staff_count"], entries[0]["cap"],
            entries[0]["present"]) == (None, None, None)
    assert entries[0]["before"]["cap"] == 9
    assert history(f"&post_category_id={new_id()}") == []


def recorded(town, people, seq, days):
    """As if that entry and those before had been made so long ago."""
    town.run("set session_replication_role = replica")
    town.run("update quota_entry set at = at - %s * interval '1 day'"
             " where enterprise_id = %s and seq <= %s", days,
             people.enterprise, seq)
    town.run("set session_replication_role = default")


def test_a_past_day_is_as_it_was_known(ward, quota, town, people,  # noqa: F811
                                       history):
    category = ward.hall.enterprise.post(
        own_path(people, "post-categories"), CATEGORY)
    ward.accepted(post_category_id=category.json["id"])
    recorded(town, people, history()[0]["seq"], 10)
    set_staff(town, people, 100)
    then = quota(f"?on={day(-10)}")
    assert (then["from"], then["to"]) == (day(-10), day(-10))
    assert (then["staff_count"], then["cap"], then["floor"]) == (1000, 100, 20)
    assert counts(then) == (1, 0, 1) and then["recorded_at"]
    assert (then["cap_mille"], then["floor_mille"], then["floor_rule"]) == \
        (100, 20, "general")
    assert (then["asked"], then["floor_base"], then["base_count"],
            then["staff_counted_on"]) == (None,) * 4
    line, = then["post_categories"]
    assert (line["name"], line["cap"], counts(line)) == \
        ("数控车工", 9, (1, 0, 1))
    assert quota(f"?on={day(-1)}")["cap"] == 100, "as it stood from then on"
    assert quota(f"?on={day(0)}")["cap"] == 10
    assert quota(f"?on={day(-11)}", status=404)["code"] == "not-found"


def test_entries_stay(ward, town):  # noqa: F811
    ward.accepted()
    for change in ("update quota_entry set present = 9",
                   "delete from quota_entry", "truncate quota_entry"):
        with pytest.raises(Exception, match="append-only"):
            town.run(change)


@pytest.mark.parametrize("query, wheres", [
    ("on=2027-01-01&from=2027-01-01", ["on"]), ("on=soon", ["on"])])
def test_bad_days(as_role, people, query, wheres):
    reply = as_role("office").get(own_path(people, "quota?") + query)
    assert (reply.status, reply.problem["code"]) == (400, "invalid-parameter")
    assert reply.wheres() == wheres


@pytest.mark.parametrize("query, wheres", [
    ("from=2027-01-02&to=2027-01-01", ["to"]), ("cause=weather", ["cause"]),
    ("post_category_id=x", ["post_category_id"])])
def test_bad_filters(as_role, people, query, wheres):
    reply = as_role("office").get(
        own_path(people, "quota", "history?") + query)
    assert (reply.status, reply.problem["code"]) == (400, "invalid-parameter")
    assert reply.wheres() == wheres


def test_it_is_for_the_enterprise_and_the_office(as_role, client, people,
                                                 town):
    path = own_path(people, "quota", "history")
    assert client.get(path).status == 401
    for role in ("student", "school", "operator"):
        assert as_role(role).get(path).status == 403
    assert as_role("office").get(path).status == 200
    for other in (town.enterprise(people.consortium), new_id(), "x"):
        target = f"/v1/enterprises/{other}/quota/history"
        assert as_role("enterprise").get(target).status == 404
