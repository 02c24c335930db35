"""Previews: what a policy would do, and then does."""

import datetime
import random

import pytest

from tests.api.test_exemptions import grant  # noqa: F401: a fixture
from tests.api.test_floors import (  # noqa: F401: fixtures
    INDUSTRIES, SIZES, City, office, policy, quota, set_policy, some_policy)
from tests.api.test_quota import Interns, day
from tests.api.town import SERVICE

CHINA = datetime.timezone(datetime.timedelta(hours=8))
# of an item's quota, the members that getQuota has by the same names
SAME = ("size_class", "base_count", "floor_rule", "rule_industry_code",
        "rule_size_class", "floor_mille", "floor", "cap_mille", "cap",
        "shortfall", "headroom", "excess")
SUMS = ("floor", "cap", "shortfall", "headroom", "excess")


@pytest.fixture
def city(town, people):
    """Without the enterprise that everybody else has."""
    town.run("update enterprise set state = 'suspended', actor = %s,"
             " reason = 'x' where id = %s", SERVICE, people.enterprise)
    return City(town, people)


@pytest.fixture
def path(people):
    return f"/v1/consortia/{people.consortium}/policy/preview"


def later(ahead, hour=0):
    then = datetime.datetime.fromisoformat(day(ahead))
    return then.replace(hour=hour, tzinfo=CHINA).isoformat()


def preview(client, path, body, query="?all=true"):
    """(the first page, all items), each page asked for with the body."""
    first = reply = client.post(path + query, body)
    items = []
    while True:
        assert reply.status == 200, reply
        items += reply.json["items"]
        if reply.json["next"] is None:
            return first.json, items
        assert f'<{reply.json["next"]}>; rel="next"' in reply.headers["link"]
        reply = client.post(reply.json["next"], body)
        assert {name: reply.json[name] for name in first.json
                if name not in ("items", "next")} == {
            name: first.json[name] for name in first.json
            if name not in ("items", "next")}


def quotas(office, firms, query=""):
    """What getQuota says, as an item of a preview has it."""
    found = {}
    for firm in firms:
        reply = quota(office, firm, query)
        assert reply.status == 200, reply
        found[str(firm.id)] = {name: reply.json[name] for name in SAME}
    return found


def sums(quotas):
    return {**{name: sum(one[name] for one in quotas.values())
               for name in SUMS},
            "short_enterprises": sum(one["shortfall"] > 0
                                     for one in quotas.values())}


def settled(city, town, people, chance, count=14):
    """Enterprises of many kinds, with interns here and there."""
    for _ in range(count):
        city.enterprise(
            chance.choice((0, 9, 10, chance.randint(0, 400),
                           chance.randint(0, 3000))),
            chance.choice(INDUSTRIES),
            [chance.randint(0, 200) for _ in range(chance.randint(0, 2))],
            [(chance.randint(1, 30), chance.choice((None, 0, 364, 365)))
             for _ in range(chance.randint(0, 2))])
    for firm in chance.sample(city.enterprises, count // 2):
        intern = Interns(town, people)
        intern.people = _As(people, firm.id)
        town.run("update enterprise set staff_count = 5000, actor = %s"
                 " where id = %s", SERVICE, firm.id)
        for _ in range(chance.randint(1, 3)):
            intern.place(day(-5), day(chance.choice((5, 60))))
        town.run("update enterprise set staff_count = %s, actor = %s"
                 " where id = %s", firm.staff, SERVICE, firm.id)


class _As:
    """The people, with another enterprise."""

    def __init__(self, people, enterprise):
        self.consortium, self.school = people.consortium, people.school
        self.enterprise = enterprise


def test_it_is_what_the_policy_then_does(city, office, path, set_policy,
                                         town, people, grant):
    chance = random.Random(7)
    settled(city, town, people, chance)
    for firm in chance.sample(city.enterprises, 3):
        assert grant(firm, floor_mille=chance.randint(0, 50),
                     staff_cap_mille=50).status == 201
    set_policy(**some_policy(chance))
    for ahead in (None, None, None, 40, None):
        body = policy(**some_policy(chance))
        query = ""
        if ahead:
            body["valid_from"], query = later(ahead), f"?from={day(ahead)}"
        before = quotas(office, city.enterprises, query)
        stored = town.run("select version from policy where"
                          " consortium_id = %s order by 1", people.consortium)
        told, items = preview(office, path, body, "?all=true&limit=5")
        assert town.run("select version from policy where consortium_id = %s"
                        " order by 1", people.consortium) == stored
        assert quotas(office, city.enterprises, query) == before
        made = office.post(path.removesuffix("/preview"), body)
        assert made.status == 201, made
        after = quotas(office, city.enterprises, query)
        assert {i["enterprise_id"]: i["now"] for i in items} == before
        assert {i["enterprise_id"]: i["then"] for i in items} == after
        changed = {firm for firm in after
                   if (after[firm]["floor"], after[firm]["cap"]) !=
                   (before[firm]["floor"], before[firm]["cap"])}
        assert {i["enterprise_id"] for i in items if i["is_changed"]} == \
            changed
        assert (told["enterprises"], told["changed"]) == \
            (len(city.enterprises), len(changed))
        assert (told["now"], told["then"]) == (sums(before), sums(after))
        assert (told["day"], told["version_now"]) == \
            (day(ahead or 0), len(stored))
        if ahead:
            town.run("set session_replication_role = replica")
            town.run("delete from policy where consortium_id = %s and"
                     " version = %s", people.consortium,
                     made.json["version"])
            town.run("set session_replication_role = default")


def test_only_those_that_change(city, office, path, set_policy):
    set_policy(floor_mille=20)
    firms = [city.enterprise(staff, "A") for staff in (9, 50, 100, 1000)]
    body = policy(floor_mille=25)
    told, items = preview(office, path, body, "?limit=1")
    # 9: none; 50: 1 and 2; 100: 2 and 3; 1000: 20 and 25
    assert [(i["enterprise_id"], i["now"]["floor"], i["then"]["floor"])
            for i in items] == [(str(firms[1].id), 1, 2),
                                (str(firms[2].id), 2, 3),
                                (str(firms[3].id), 20, 25)]
    assert (told["enterprises"], told["changed"]) == (4, 3)
    assert preview(office, path, policy(floor_mille=20), "")[1] == []
    assert len(preview(office, path, policy(floor_mille=20))[1]) == 4


def test_post_categories(city, office, path, set_policy, town, people):
    set_policy()
    city.enterprise(100, "A", posts=(10, 14))
    told, _ = preview(office, path, policy(post_category_cap_mille=100))
    assert told["post_categories"] == {
        "count": 2, "changed": 2, "now": {"cap": 4, "excess": 0},
        "then": {"cap": 2, "excess": 0}}
    told, _ = preview(office, path, policy(post_category_cap_mille=199))
    assert told["post_categories"]["changed"] == 1


def test_without_a_policy_there_is_no_now(city, office, path):
    city.enterprise(100, "A")
    told, items = preview(office, path, policy())
    assert (told["version_now"], told["now"],
            told["post_categories"]["now"]) == (None, None, None)
    assert told["then"]["floor"] == 2 and told["changed"] == 1
    assert items[0]["now"] is None and items[0]["then"]["floor"] == 2


def test_a_city_without_enterprises(city, office, path, set_policy):
    set_policy()
    told, items = preview(office, path, policy())
    assert (items, told["enterprises"], told["now"]) == (
        [], 0, dict.fromkeys((*SUMS, "short_enterprises"), 0))


def test_the_first_whole_day(city, office, path, set_policy):
    """A policy from noon on is first the day's on the next one."""
    set_policy()
    for ahead, hour, want in ((3, 0, 3), (3, 12, 4)):
        told, _ = preview(office, path, policy(
            valid_from=later(ahead, hour)))
        assert told["day"] == day(want)


def test_refused_as_the_policy_would_be(as_role, client, city, office, path,
                                        town):
    bad = policy(size_classes=SIZES, staff_cap_mille=101, floors=[
        {"industry_code": "98", "floor_mille": 1}])
    for body in (bad, policy(valid_from="2020-01-01T00:00:00Z"), {}, policy(
            floors=[{"industry_code": "98", "floor_mille": 1}])):
        one = office.post(path, body)
        other = office.post(path.removesuffix("/preview"), body)
        assert one.status == other.status == 422
        assert one.problem["errors"] == other.problem["errors"]
    for role in ("student", "enterprise", "school", "operator"):
        assert as_role(role).post(path, policy()).status == 403
    assert client.post(path, policy()).status == 401
    away = town.people()
    assert office.post(f"/v1/consortia/{away.consortium}/policy/preview",
                       policy()).status == 404
    reply = office.post(path + "?all=2&limit=0&after=x&colour=1", policy())
    assert (reply.status, sorted(reply.wheres())) == (
        400, ["after", "all", "colour", "limit"])
    assert office.post(path, raw=b"{").status == 400
