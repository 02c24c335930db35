"""Floors by industry, size and base: by hand, and against a recount."""

import datetime
import json
import random
import types

import pytest

from tests.api.test_policy import POLICY
from tests.api.test_quota import day, numbers
from tests.api.town import SERVICE, new_id, uscc

INDUSTRIES = ("C", "36", "361", "3611", "35", "A", "011", "I", "6311")
COUNTS = iter(range(500_000_000, 600_000_000))
SIZES = [{"name": "微", "staff_from": 0}, {"name": "小", "staff_from": 20},
         {"name": "大", "staff_from": 300}]


def policy(**members):
    return {**POLICY, "floor_base": "staff", "size_classes": [], "floors": [],
            "floor_mille": 20, "staff_cap_mille": 100,
            "post_category_cap_mille": 200, **members}


@pytest.fixture
def office(as_role):
    return as_role("office")


@pytest.fixture
def set_policy(office, people):
    def made(**members):
        reply = office.post(f"/v1/consortia/{people.consortium}/policy",
                            policy(**members))
        assert reply.status == 201, reply
        return reply.json["version"]
    return made


class City:
    """Enterprises with all that floors count, as Python knows them."""

    def __init__(self, town, people):
        self.town, self.people = town, people
        self.enterprises = []

    def enterprise(self, staff, industry, posts=(), openings=()):
        """openings: (how many, days since published or None: a draft)."""
        made, home = new_id(), self.people.consortium
        self.town.run(
            "insert into enterprise (consortium_id, id, uscc, name,"
            " industry_code, division_code, staff_count, staff_counted_on)"
            " values (%s, %s, %s, %s, %s, '330106', %s, '2026-10-01')", home,
            made, uscc(next(COUNTS)), f"厂{made}", industry, staff)
        self.town.run("update enterprise set state = 'verified', actor = %s,"
                      " reason = 'x' where id = %s", SERVICE, made)
        for number, count in enumerate(posts):
            self.town.run(
                "insert into post_category (consortium_id, id, enterprise_id,"
                " name, staff_count, staff_counted_on) values (%s, %s, %s,"
                " %s, %s, %s)", home, new_id(), made, f"岗{number}", count,
                f"2026-09-0{number + 1}")
        for count, ago in openings:
            self.post(made, count, ago)
        found = types.SimpleNamespace(id=made, staff=staff, posts=posts,
                                      industry=industry, openings=openings)
        self.enterprises.append(found)
        return found

    def post(self, enterprise, openings, ago):
        made = new_id()
        self.town.run(
            "insert into posting (consortium_id, id, enterprise_id, kind,"
            " title, openings, division_code, pay_min_fen, pay_max_fen)"
            " values (%s, %s, %s, 'job', '车工', %s, '330106', 300000,"
            " 400000)", self.people.consortium, made, enterprise, openings)
        if ago is not None:
            self.town.run(
                "update posting set state = 'published', actor = %s,"
                " published_at = (%s::date + time '12:00') at time zone"
                " 'Asia/Shanghai', closes_at = now() + interval '9 days'"
                " where id = %s", SERVICE, day(-ago), made)
            if ago % 2:
                self.town.run("update posting set state = 'closed',"
                              " actor = %s, reason = 'x' where id = %s",
                              SERVICE, made)

    def quotas(self, version, on):
        return {row[0]: row[1:] for row in self.town.run(
            "select enterprise_id, floor_seats, cap_seats from"
            " enterprise_quota(%s, %s, %s)", self.people.consortium, version,
            on)}


@pytest.fixture
def city(town, people):
    return City(town, people)


def quota(client, enterprise, query=""):
    return client.get(f"/v1/enterprises/{enterprise.id}/quota{query}")


@pytest.mark.parametrize("staff, industry, want", [
    # by hand: staff, industry -> rule, of which industry and class, share,
    # floor (up, but not above a tenth, down), cap
    (0, "3611", ("size", None, "微", 0, 0, 0)),
    (19, "3611", ("size", None, "微", 0, 0, 1)),
    (20, "3611", ("industry", "36", None, 40, 1, 2)),
    (9, "I", ("size", None, "微", 0, 0, 0)),
    (299, "3611", ("industry", "36", None, 40, 12, 29)),
    (300, "3611", ("industry-and-size", "36", "大", 55, 17, 30)),
    (300, "36", ("industry-and-size", "36", "大", 55, 17, 30)),
    (300, "35", ("industry-and-size", "C", "大", 50, 15, 30)),
    (300, "C", ("industry-and-size", "C", "大", 50, 15, 30)),
    (301, "35", ("industry-and-size", "C", "大", 50, 16, 30)),
    (299, "35", ("industry", "C", None, 30, 9, 29)),
    (21, "35", ("industry", "C", None, 30, 1, 2)),
    (300, "A", ("general", None, None, 20, 6, 30)),
    (20, "A", ("general", None, None, 20, 1, 2)),
    (5000000, "3611", ("industry-and-size", "36", "大", 55, 275000,
                       500000))])
def test_what_decides(city, set_policy, office, staff, industry, want):
    set_policy(size_classes=SIZES, floors=[
        {"size_class": "微", "floor_mille": 0},
        {"industry_code": "C", "floor_mille": 30},
        {"industry_code": "C", "size_class": "大", "floor_mille": 50},
        {"industry_code": "36", "floor_mille": 40},
        {"industry_code": "36", "size_class": "大", "floor_mille": 55}])
    reply = quota(office, city.enterprise(staff, industry))
    assert numbers(reply, "floor_rule", "rule_industry_code",
                   "rule_size_class", "floor_mille", "floor", "cap") == want
    assert numbers(reply, "floor_base", "base_count", "base_counted_on") == \
        ("staff", staff, "2026-10-01")
    assert reply.json["size_class"] == (
        "微" if staff < 20 else "小" if staff < 300 else "大")


def test_size_goes_before_industry(city, set_policy, office):
    set_policy(size_classes=SIZES, floors=[
        {"industry_code": "36", "floor_mille": 40},
        {"size_class": "大", "floor_mille": 10}])
    for staff, want in ((300, ("size", 10, 3)), (299, ("industry", 40, 12))):
        reply = quota(office, city.enterprise(staff, "3611"))
        assert numbers(reply, "floor_rule", "floor_mille", "floor") == want


@pytest.mark.parametrize("base, count, counted_on, floor", [
    # 150/1000 of each, up; never above the cap, a tenth of 90
    ("staff", 90, "2026-10-01", 9), ("posts", 41, "2026-09-01", 7),
    ("openings", 3 + 5 + 7, None, 3)])
def test_bases(city, set_policy, office, base, count, counted_on, floor):
    set_policy(floor_base=base, floor_mille=100 if base == "staff" else 150)
    firm = city.enterprise(90, "3611", posts=(40, 1), openings=(
        (3, 0), (5, 1), (7, 364), (11, 365), (13, None)))
    reply = quota(office, firm)
    assert numbers(reply, "floor_base", "base_count", "base_counted_on",
                   "floor", "cap") == (base, count, counted_on or day(),
                                       floor, 9)
    bare = quota(office, city.enterprise(90, "3611"))
    assert numbers(bare, "base_count", "base_counted_on", "floor") == {
        "staff": (90, "2026-10-01", 9), "posts": (0, None, 0),
        "openings": (0, day(), 0)}[base]


def test_openings_of_a_day(city, set_policy, office, town, people):
    """Those published in the year up to it; of a day to come, up to now."""
    version = set_policy(floor_base="openings", floor_mille=1000)
    firm = city.enterprise(1000, "3611", openings=(
        (1, 0), (2, 10), (4, 364), (8, 374), (16, 375)))
    for ahead, want in ((0, 7), (90, 7), (-1, 14 - 8 + 0), (-10, 14),
                        (-11, 28), (-365, 24)):
        assert city.quotas(version, day(ahead))[firm.id][0] == want, ahead


def test_a_class_of_size_follows_the_staff(city, set_policy, office, town):
    set_policy(size_classes=SIZES,
               floors=[{"size_class": "大", "floor_mille": 100}])
    firm = city.enterprise(299, "A")
    assert numbers(quota(office, firm), "floor") == (6,)
    town.run("update enterprise set staff_count = 300, actor = %s where"
             " id = %s", SERVICE, firm.id)
    assert numbers(quota(office, firm), "floor", "size_class") == (30, "大")


# ---- any policy, against a recount in another language ----

def some_policy(chance):
    """A sound body: sizes, floors by all their kinds, any base."""
    base = chance.choice(("staff", "posts", "openings"))
    cap = chance.randint(1, 100)
    most = cap if base == "staff" else 1000
    starts = sorted(chance.sample(range(1, 900), chance.randint(0, 4)))
    sizes = [{"name": f"档{number}", "staff_from": start}
             for number, start in enumerate([0, *starts])]
    if chance.random() < 0.2:
        sizes = []
    kinds = [(industry, size) for industry in (None, "C", "36", "35", "A",
                                               "01", "I")
             for size in (None, *(s["name"] for s in sizes))
             if industry or size]
    floors = [{"industry_code": industry, "size_class": size,
               "floor_mille": chance.randint(0, most)}
              for industry, size in chance.sample(
                  kinds, chance.randint(0, min(8, len(kinds))))]
    return {"floor_base": base, "size_classes": sizes, "floors": floors,
            "floor_mille": chance.randint(0, most), "staff_cap_mille": cap,
            "post_category_cap_mille": chance.randint(1, 200)}


def heads(industry):
    """An industry's division and section, the nearer first."""
    sections = {"0": "A", "3": "C", "6": "I"}
    if industry.isalpha():
        return [industry]
    return [industry[:2], sections[industry[0]]]


def recount(body, firm):
    """(rule, floor, cap), without looking at how the platform does it."""
    size = None
    for each in body["size_classes"]:
        if each["staff_from"] <= firm.staff:
            size = each["name"]
    said = {(f["industry_code"], f["size_class"]): f["floor_mille"]
            for f in body["floors"]}
    rules = [("industry-and-size", (head, size))
             for head in heads(firm.industry)] if size else []
    rules += [("size", (None, size))] if size else []
    rules += [("industry", (head, None)) for head in heads(firm.industry)]
    rule, mille = next(((name, said[key]) for name, key in rules
                        if key in said), ("general", body["floor_mille"]))
    base = {"staff": firm.staff, "posts": sum(firm.posts),
            "openings": sum(count for count, ago in firm.openings
                            if ago is not None and ago < 365)}[
        body["floor_base"]]
    cap = firm.staff * body["staff_cap_mille"] // 1000
    return rule, min(cap, -(-base * mille // 1000)), cap


def test_any_policy_against_a_recount(city, set_policy, office):
    chance = random.Random(20260)
    for _ in range(60):
        city.enterprise(
            chance.choice((0, 9, 10, chance.randint(0, 60),
                           chance.randint(0, 3000))),
            chance.choice(INDUSTRIES),
            [chance.randint(0, 200) for _ in range(chance.randint(0, 3))],
            [(chance.randint(1, 30), chance.choice((None, 0, 5, 364, 365)))
             for _ in range(chance.randint(0, 3))])
    rules = set()
    for _ in range(40):
        body = some_policy(chance)
        quotas = city.quotas(set_policy(**body), day())
        want = {firm.id: recount(body, firm) for firm in city.enterprises}
        assert {firm: quotas[firm] for firm in want} == \
            {firm: parts[1:] for firm, parts in want.items()}, \
            json.dumps(body, ensure_ascii=False)
        for firm in chance.sample(city.enterprises, 3):
            assert numbers(quota(office, firm), "floor_rule", "floor",
                           "cap") == want[firm.id]
        rules |= {parts[0] for parts in want.values()}
    assert rules == {"industry-and-size", "size", "industry", "general"}


def test_a_version_to_come_leaves_today_alone(city, set_policy, office):
    set_policy(floor_mille=20)
    firm = city.enterprise(100, "3611")
    china = datetime.timezone(datetime.timedelta(hours=8))
    then = datetime.datetime.fromisoformat(day(30)).replace(tzinfo=china)
    set_policy(floor_mille=50, valid_from=then.isoformat())
    for query, floor in (("", 2), (f"?from={day(29)}", 2),
                         (f"?from={day(30)}", 5)):
        assert numbers(quota(office, firm, query), "floor") == (floor,)
