"""What all enterprises of a consortium owe, and who is short."""

import random

import pytest

from tests.api.placed import day
from tests.api.test_quota import Interns
from tests.api.test_reference_lists import walk
from tests.api.town import new_id

PATH = "/v1/statistics/quotas"
LIST = PATH + "/enterprises"
SUMS = ("floor", "cap", "present", "started", "committed", "shortfall",
        "headroom")
CLASSES = '[{"name": "微型", "staff_from": 0}, {"name": "大型",' \
    ' "staff_from": 500}]'


def city(town, people, dice):
    """Enterprises of all kinds, some with interns."""
    Interns(town, people).add_policy(size_classes=CLASSES)
    industries = [row[0] for row in town.run(
        "select code from industry where is_current and length(code) = 4"
        " order by code")]
    made = [people.enterprise]
    for state in ["verified"] * 11 + ["suspended"]:
        made.append(town.enterprise(people.consortium,
                                    dice.randrange(9, 900)))
        town.run("update enterprise set industry_code = %s, division_code ="
                 " %s, actor = id where id = %s", dice.choice(industries),
                 dice.choice(["330102", "330106", "330110"]), made[-1])
        if state != "verified":
            town.run("update enterprise set state = %s, reason = 'x',"
                     " actor = id where id = %s", state, made[-1])
    return made


def settle(town, people):
    """All ledgers, also of what was inserted behind the triggers' backs."""
    town.run("select settle_quota(consortium_id, id, 'day', null)"
             " from enterprise where consortium_id = %s", people.consortium)


def intern(town, people, enterprise, first, last, state):
    town.run("set session_replication_role = replica")
    town.run(
        "insert into placement (consortium_id, id, origin, title, student_id,"
        " enterprise_id, period_start, period_end, state, started_on)"
        " values (%s, %s, 'self_found', '见习', %s, %s, %s, %s, %s, %s)",
        people.consortium, new_id(), town.student(people.consortium,
                                                  people.school),
        enterprise, first, last, state,
        first if state == "started" else None)
    town.run("set session_replication_role = default")


def summed(lines):
    return {"enterprises": len(lines),
            "short_enterprises": sum(one["shortfall"] > 0 for one in lines),
            **{name: sum(one[name] for one in lines) for name in SUMS}}


@pytest.fixture
def fair(town, people):
    dice = random.Random(7)
    made = city(town, people, dice)
    for enterprise in made[:9]:
        for _ in range(dice.randrange(7)):
            state = dice.choice(["accepted", "agreement_signed", "started"])
            intern(town, people, enterprise, day(0 if state == "started"
                                                 else dice.choice([0, 20])),
                   day(90), state)
    return made


def test_the_sums_are_those_of_the_enterprises(as_role, fair, town, people):
    office = as_role("office")
    for on in ("", f"on={day(30)}", f"on={day(91)}"):
        lines = walk(office, f"{LIST}?limit=5&{on}")
        assert [one["shortfall"] for one in lines] == sorted(
            (one["shortfall"] for one in lines), reverse=True)
        assert len(lines) == 12, "not the one that is suspended"
        for one in lines:
            quota = office.get(
                f"/v1/enterprises/{one['enterprise_id']}/quota?{on}").json
            for name in (*SUMS, "excess", "size_class", "floor_rule",
                         "policy_version"):
                assert one[name] == quota[name], (name, one)
        for by, key in (("industry", None), ("size", "size_class"),
                        ("division", "division_code")):
            told = office.get(f"{PATH}?by={by}&{on}")
            assert told.status == 200, told
            assert told.json["all"] == summed(lines)
            groups = {group.pop("code"): group
                      for group in told.json["groups"]}
            for code, group in groups.items():
                assert group.pop("name")
                if key:
                    assert group == summed([one for one in lines
                                            if one[key] == code])
            assert sum(group["enterprises"]
                       for group in groups.values()) == 12
    assert office.get(PATH).json["by"] == "industry"
    assert set(groups) <= {"330102", "330106", "330110"}


def test_a_section_is_that_of_the_industry(as_role, fair, town, people):
    groups = as_role("office").get(PATH).json["groups"]
    want = dict(town.run(
        "select i.section, count(*) from enterprise e join industry i on"
        " i.code = e.industry_code where e.consortium_id = %s and e.state ="
        " 'verified' group by 1", people.consortium))
    assert {one["code"]: one["enterprises"] for one in groups} == want


def test_filters(as_role, fair, town, people):
    office = as_role("office")
    lines = walk(office, LIST)

    def found(query):
        return [one["enterprise_id"] for one in walk(office, LIST + query)]

    def those(holds):
        return [one["enterprise_id"] for one in lines if holds(one)]

    assert found("?is_short=true") == those(lambda one: one["shortfall"] > 0)
    assert found("?is_short=false") == those(
        lambda one: one["shortfall"] == 0)
    assert found("?size_class=%E5%A4%A7%E5%9E%8B&limit=1") == those(
        lambda one: one["size_class"] == "大型")
    assert found("?division=330102") == those(
        lambda one: one["division_code"] == "330102")
    assert found("?division=330100") == found("")
    code = lines[0]["industry_code"]
    assert found(f"?industry={code}") == those(
        lambda one: one["industry_code"] == code)


def test_a_past_day_is_as_it_was_known(as_role, fair, town, people):
    """And of who was verified then."""
    settle(town, people)
    office = as_role("office")
    before = office.get(PATH).json["all"]
    town.run("set session_replication_role = replica")
    for table, column in (("quota_entry", "at"), ("event", "at"),
                          ("enterprise", "created_at")):
        town.run(f"update {table} set {column} = {column} - interval '5 days'"
                 " where consortium_id = %s", people.consortium)
    town.run("set session_replication_role = default")
    gone = town.one("select id from enterprise where consortium_id = %s and"
                    " state = 'verified' order by id limit 1",
                    people.consortium)
    town.run("update enterprise set state = 'suspended', reason = 'x',"
             " actor = id where id = %s", gone)
    for enterprise in fair:
        town.run("update enterprise set staff_count = 10, actor = id where"
                 " id = %s", enterprise)
    told = office.get(f"{PATH}?on={day(-5)}").json
    assert (told["all"], told["on"]) == (before, day(-5))
    assert summed(walk(office, f"{LIST}?on={day(-1)}")) == before
    assert office.get(f"{PATH}?on={day(-6)}").json["all"] == summed([])
    now = office.get(PATH).json["all"]
    assert now["enterprises"] == before["enterprises"] - 1


def test_without_a_policy_nobody_owes(as_role, people):
    told = as_role("office").get(PATH)
    assert (told.json["all"], told.json["groups"],
            told.json["policy_version"]) == (summed([]), [], None)


def test_bad_questions(as_role, people):
    office = as_role("office")
    for target, wheres in ((PATH + "?by=colour&on=soon", ["by", "on"]),
                           (LIST + "?is_short=maybe", ["is_short"]),
                           (LIST + "?industry=9999", ["industry"]),
                           (LIST + "?division=899999", ["division"])):
        reply = office.get(target)
        assert (reply.status, reply.problem["code"], reply.wheres()) == \
            (400, "invalid-parameter", wheres)


def test_it_is_for_the_office(as_role, client):
    for path in (PATH, LIST):
        assert client.get(path).status == 401
        for role in ("student", "school", "enterprise", "operator"):
            assert as_role(role).get(path).status == 403
