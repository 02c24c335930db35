"""Exemptions: what the office grants one enterprise for some days."""

import concurrent.futures

import pytest

from tests.api.test_floors import City, quota, set_policy  # noqa: F401
from tests.api.test_quota import day, numbers
from tests.api.test_reference_lists import walk
from tests.api.town import new_id

PATH = "/v1/quota-exemptions"


@pytest.fixture
def office(as_role):
    return as_role("office")


@pytest.fixture
def city(town, people):
    return City(town, people)


@pytest.fixture
def grant(office, people):
    def made(firm=None, client=office, **members):
        body = {"enterprise_id": str(firm.id if firm else people.enterprise),
                "floor_mille": 0, "reason": "停产", "ends_on": day(9),
                **members}
        return client.post(PATH, {name: value for name, value in body.items()
                                  if value is not ...})
    return made


def sound(reply, status=201):
    assert reply.status == status, reply
    return reply.json


def end(office, exemption, **body):
    return office.post(f"{PATH}/{exemption['id']}/end",
                       {"reason": "复产", **body})


def past(town, people, firm, first, last, **columns):
    """One that the office granted long ago."""
    made = new_id()
    town.run("insert into quota_override (consortium_id, id, enterprise_id,"
             " floor_mille, why, starts_on, ends_on) values (%s, %s, %s, 0,"
             " '旧', %s, %s)", people.consortium, made, firm.id, day(first),
             day(last))
    return made


def test_it_comes_back_as_it_was_granted(office, as_role, grant, people):
    reply = grant(staff_cap_mille=50, post_category_cap_mille=0,
                  starts_on=day(2), floor_mille=50)
    made = sound(reply)
    assert {name: made[name] for name in (
        "enterprise_id", "floor_mille", "staff_cap_mille",
        "post_category_cap_mille", "reason", "starts_on", "ends_on",
        "ended_on", "ended_because", "state", "version")} == {
            "enterprise_id": str(people.enterprise), "floor_mille": 50,
            "staff_cap_mille": 50, "post_category_cap_mille": 0,
            "reason": "停产", "starts_on": day(2), "ends_on": day(9),
            "ended_on": None, "ended_because": None, "state": "coming",
            "version": 1}
    path = reply.headers["location"]
    assert path == f"{PATH}/{made['id']}"
    for client in (office, as_role("enterprise")):
        found = client.get(path)
        assert (found.json, found.etag) == (made, reply.etag)
        assert client.get(path, headers={
            "If-None-Match": reply.etag}).status == 304
    bare = sound(grant(starts_on=day(10), ends_on=day(10), floor_mille=...,
                       staff_cap_mille=100))
    assert (bare["floor_mille"], bare["post_category_cap_mille"]) == \
        (None, None)


def test_the_policy_holds_before_and_after(city, grant, set_policy, office,
                                           town, people):
    set_policy(floor_mille=30)
    firm = city.enterprise(1000, "3611", posts=(100,))
    other = city.enterprise(1000, "3611")
    made = sound(grant(firm, floor_mille=10, staff_cap_mille=40,
                       post_category_cap_mille=100, starts_on=day(2),
                       ends_on=day(4)))
    for ahead in range(7):
        reply = quota(office, firm, f"?from={day(ahead)}")
        holds = 2 <= ahead <= 4
        assert numbers(reply, "floor_rule", "floor", "cap", "override_reason",
                       "exemption") == (
            ("exemption", 10, 40, "停产", {"id": made["id"], "starts_on":
                                          day(2), "ends_on": day(4)})
            if holds else ("general", 30, 100, None, None)), ahead
        assert reply.json["post_categories"][0]["cap"] == \
            (10 if holds else 20)
        reply = quota(office, other, f"?from={day(ahead)}")
        assert numbers(reply, "floor", "cap") == (30, 100)


def test_what_is_not_granted_is_the_policys(city, grant, set_policy, office):
    set_policy(floor_mille=30, floors=[{"industry_code": "C",
                                        "floor_mille": 40}])
    firm = city.enterprise(1000, "3611")
    sound(grant(firm, floor_mille=..., staff_cap_mille=35))
    assert numbers(quota(office, firm), "floor_rule", "rule_industry_code",
                   "floor_mille", "floor", "cap") == \
        ("industry", "C", 40, 35, 35), "never above the cap"
    set_policy(floor_mille=30, staff_cap_mille=20, floor_base="posts")
    assert numbers(quota(office, firm), "cap") == (35,)


def test_several_over_time_and_none_at_once(city, grant, office, town,
                                            people):
    firm = city.enterprise(1000, "3611")
    past(town, people, firm, -30, -20)
    first = sound(grant(firm, starts_on=day(1), ends_on=day(5)))
    for starts, ends in ((0, 1), (5, 9), (2, 3), (0, 30)):
        clash = grant(firm, starts_on=day(starts), ends_on=day(ends))
        assert (clash.status, clash.problem["code"], clash.wheres()) == \
            (409, "conflict", ["#/starts_on"])
    second = sound(grant(firm, starts_on=day(6), ends_on=day(8)))
    today = sound(grant(firm, ends_on=day(0)))
    sound(grant(starts_on=day(1), ends_on=day(5)))      # of another
    items = walk(office, f"{PATH}?enterprise_id={firm.id}&limit=2")
    assert [(one["id"], one["state"]) for one in items] == [
        (today["id"], "holding"), (second["id"], "coming"),
        (first["id"], "coming"), (items[3]["id"], "over")]
    for state, count in (("coming", 2), ("holding", 1), ("over", 1),
                         ("withdrawn", 0)):
        found = walk(office, f"{PATH}?enterprise_id={firm.id}&state={state}")
        assert len(found) == count and {o["state"] for o in found} <= {state}


def test_one_wins_a_race(city, grant, server, people):
    firm = city.enterprise(1000, "3611")
    clients = [server.client(people.tokens["office"]) for _ in range(6)]
    with concurrent.futures.ThreadPoolExecutor(6) as pool:
        replies = list(pool.map(lambda client: grant(firm, client), clients))
    for client in clients:
        client.close()
    assert sorted(reply.status for reply in replies) == [201] + [409] * 5


def test_ended_early(city, grant, office, set_policy):
    set_policy(floor_mille=30)
    firm = city.enterprise(1000, "3611")
    made = sound(grant(firm, ends_on=day(20)))
    for last, floors in ((10, {10: 0, 11: 30}), (5, {5: 0, 6: 30, 10: 30})):
        ended = sound(end(office, made, last_day=day(last)), 200)
        assert (ended["state"], ended["ends_on"], ended["ended_on"],
                ended["ended_because"]) == \
            ("holding", day(20), day(last), "复产")
        for ahead, floor in floors.items():
            reply = quota(office, firm, f"?from={day(ahead)}")
            assert numbers(reply, "floor") == (floor,)
    assert ended["version"] == 3
    late = end(office, made, last_day=day(5))
    assert (late.status, late.wheres()) == (422, ["#/last_day"])
    # what became free may be granted anew
    again = sound(grant(firm, floor_mille=9, starts_on=day(6),
                        ends_on=day(20)))
    assert sound(end(office, made), 200)["ended_on"] == day(0)
    assert numbers(quota(office, firm), "floor") == (0,), "today is its last"
    assert numbers(quota(office, firm, f"?from={day(1)}"), "floor") == (30,)
    assert sound(end(office, made, last_day=day(-1)), 200)["state"] in (
        "over", "withdrawn")
    assert numbers(quota(office, firm), "floor") == (30,)
    over = end(office, made)
    assert (over.status, over.problem["code"]) == (409, "wrong-state")
    assert sound(office.get(f"{PATH}/{again['id']}"), 200)["state"] == \
        "coming"


def test_one_to_come_may_never_hold(city, grant, office, set_policy):
    set_policy(floor_mille=30)
    firm = city.enterprise(1000, "3611")
    made = sound(grant(firm, starts_on=day(3)))
    ended = sound(end(office, made), 200)
    assert (ended["state"], ended["ended_on"]) == ("withdrawn", day(2))
    assert numbers(quota(office, firm, f"?from={day(3)}"), "floor") == (30,)
    over = end(office, made)
    assert (over.status, over.problem["code"]) == (409, "wrong-state")
    other = sound(grant(firm, starts_on=day(3)))
    assert sound(end(office, other, last_day=day(4)), 200)["state"] == \
        "coming"
    for ahead, floor in ((3, 0), (4, 0), (5, 30)):
        assert numbers(quota(office, firm, f"?from={day(ahead)}"),
                       "floor") == (floor,)


def test_days_that_are_past_stay(city, office, town, people, set_policy):
    firm = city.enterprise(1000, "3611")
    town.run("insert into policy (consortium_id, version, valid_from)"
             " values (%s, 1, now() - interval '90 days')",
             people.consortium)
    made = {"id": past(town, people, firm, -30, 30)}
    for last in (-2, -30, -31, 30, 31):
        reply = end(office, made, last_day=day(last))
        assert (reply.status, reply.wheres()) == (422, ["#/last_day"]), last
    sound(end(office, made, last_day=day(-1)), 200)
    for ahead, floor in ((-31, 20), (-30, 0), (-1, 0), (0, 20), (30, 20)):
        assert numbers(quota(office, firm, f"?from={day(ahead)}"),
                       "floor") == (floor,), ahead


@pytest.mark.parametrize("members, flaws", [
    ({"floor_mille": ...}, [("#", "required")]),
    ({"floor_mille": 51, "staff_cap_mille": 50},
     [("#/floor_mille", "inconsistent")]),
    # never above the law
    ({"floor_mille": 1001, "staff_cap_mille": 101,
      "post_category_cap_mille": 201},
     [("#/floor_mille", "out-of-range"), ("#/staff_cap_mille",
                                          "out-of-range"),
      ("#/post_category_cap_mille", "out-of-range")]),
    ({"reason": "", "ends_on": ..., "colour": 1},
     [("#/reason", "too-short"), ("#/ends_on", "required"),
      ("#/colour", "unknown")]),
    ({"starts_on": day(-1), "ends_on": day(-2)},
     [("#/starts_on", "out-of-range"), ("#/ends_on", "inconsistent")]),
    ({"ends_on": day(-1)}, [("#/ends_on", "inconsistent")]),
    ({"starts_on": day(1), "ends_on": day(1097)},
     [("#/ends_on", "out-of-range")]),
    ({"enterprise_id": str(new_id())}, [("#/enterprise_id", "not-found")])])
def test_every_flaw_is_named(grant, town, people, members, flaws):
    reply = grant(**members)
    assert (reply.status, reply.problem["code"]) == (422, "invalid-body")
    assert [(flaw["pointer"], flaw["code"])
            for flaw in reply.problem["errors"]] == flaws
    assert town.one("select count(*) from quota_override where"
                    " consortium_id = %s", people.consortium) == 0


def test_three_years_at_most(grant):
    sound(grant(starts_on=day(1), ends_on=day(1096)))


def test_who_may(as_role, client, city, grant, office, town, people, server):
    made = sound(grant())
    other = city.enterprise(1000, "3611")
    stranger = server.client(town.token(people.consortium, town.account(
        people.consortium, "enterprise", other.id)))
    assert walk(as_role("enterprise"), PATH) == [made]
    assert walk(stranger, PATH) == []
    assert stranger.get(f"{PATH}/{made['id']}").status == 404
    assert walk(stranger, f"{PATH}?enterprise_id={people.enterprise}") == []
    stranger.close()
    away = server.client(town.people().tokens["office"])
    for reply in (away.get(f"{PATH}/{made['id']}"), end(away, made),
                  office.get(f"{PATH}/nonsense"),
                  office.get(f"{PATH}/{new_id()}"),
                  end(office, {"id": new_id()})):
        assert reply.status == 404
    assert walk(away, PATH) == []
    away.close()
    for role in ("student", "school", "operator"):
        assert as_role(role).get(PATH).status == 403
        assert as_role(role).get(f"{PATH}/{made['id']}").status == 403
    for role in ("student", "school", "operator", "enterprise"):
        assert grant(client=as_role(role)).status == 403
        assert end(as_role(role), made).status == 403
    assert client.get(PATH).status == 401
    assert client.get(f"{PATH}/{made['id']}").status == 401
    assert grant(client=client).status == 401
    assert end(client, made).status == 401
    bad = office.get(f"{PATH}?state=gone&enterprise_id=x")
    assert (bad.status, sorted(bad.wheres())) == (400, ["enterprise_id",
                                                        "state"])
    assert end(office, made, reason="").wheres() == ["#/reason"]


def test_it_is_in_the_audit_and_told(grant, office, town, people):
    made = sound(grant())
    sound(end(office, made), 200)
    entries = office.get(
        f"/v1/audit?subject_id={people.enterprise}").json["items"]
    told = [e for e in entries if e["action"].startswith("quota_override")]
    assert sorted(e["action"] for e in told) == [
        "quota_override.insert", "quota_override.update"]
    assert {e["actor"] for e in told} == {str(people.accounts["office"])}
    last = next(e for e in told if e["action"].endswith("update"))
    assert last["detail"]["after"]["ended_why"] == "复产"
    assert town.run("select kind from change where topic = 'quota_override'"
                    " and subject_id = %s order by id", made["id"]) == \
        [("created",), ("updated",)]


def test_one_key_grants_once(grant, office, people):
    body = {"enterprise_id": str(people.enterprise), "floor_mille": 0,
            "reason": "x", "ends_on": day(3)}
    replies = [office.post(PATH, body, headers={"Idempotency-Key": "one"})
               for _ in range(2)]
    assert replies[0].json == replies[1].json
    assert {reply.status for reply in replies} == {201}
