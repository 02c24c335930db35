"""Filters of the rankings: the list is the whole list without what does not
pass, whatever is combined, also while writers write."""

import datetime
import random
import threading
import urllib.parse

import pytest

from tests.api.test_reference_lists import walk
from tests.api.test_rounds import add_policy
from tests.api.town import SERVICE, new_id

EDUCATION = ["secondary", "associate", "bachelor"]
PERIODS = [("2027-03-01", "2027-08-31"), ("2027-09-01", "2028-02-28"),
           ("2027-07-01", "2027-07-31"), (None, None)]
PAYS = [(200000, 300000), (450000, 600000), (250000, 250000), (None, None)]
FACTS = {
    "kind": ["internship", "job", "job"],
    "target": ["660301", "660302", "6603", "66"],
    "division": ["330106", "330110", "330200", "440306"],
    "pay": PAYS, "period": PERIODS, "education": [None, *EDUCATION],
    "title": ["装配实习生", "數控車床操作", "PLC编程与装配", "客服"],
}


def add(town, people, rng, enterprises):
    """A random posting that is open; what the test knows of it."""
    it = {name: rng.choice(choices) for name, choices in FACTS.items()}
    if it["kind"] == "internship":  # which says both
        it["pay"], it["period"] = rng.choice(PAYS[:2]), rng.choice(PERIODS[:2])
    it["id"], it["enterprise"] = str(new_id()), str(rng.choice(enterprises))
    town.run("insert into posting (consortium_id, id, enterprise_id, kind,"
             " title, openings, targets, division_code, pay_min_fen,"
             " pay_max_fen, period_start, period_end, min_education)"
             " values (%s, %s, %s, %s, %s, 2, %s, %s, %s, %s, %s, %s, %s)",
             people.consortium, it["id"], it["enterprise"], it["kind"],
             it["title"], [it["target"]], it["division"], *it["pay"],
             *it["period"], it["education"])
    town.run("update posting set state = 'published', actor = %s,"
             " closes_at = now() + interval '90 days'"
             " where consortium_id = %s and id = %s", SERVICE,
             people.consortium, it["id"])
    it["published"] = town.one(
        "select published_at from posting where id = %s", it["id"])
    return it


@pytest.fixture(scope="module")
def shop(server, town):
    """(people, postings by id, enterprises)."""
    people = town.people()
    add_policy(town, people)
    town.run("update student set is_willing_anywhere = true where id = %s",
             people.student)
    enterprises = [people.enterprise, town.enterprise(people.consortium)]
    rng = random.Random(1)
    made = [add(town, people, rng, enterprises) for _ in range(150)]
    server.current(town)
    return people, {it["id"]: it for it in made}, enterprises


def starts(code, prefix):
    return code.startswith(prefix)


def shares_a_day(it, wanted):
    start, end = it["period"]
    return (start or end) is not None and \
        (start or "") <= (wanted.get("period_to") or "9") and \
        (wanted.get("period_from") or "") <= (end or "9")


PASSES = {
    "kind": lambda it, v: it["kind"] == v,
    "division": lambda it, v: starts(it["division"], v.rstrip("0")),
    "specialty": lambda it, v: starts(it["target"], v),
    "enterprise_id": lambda it, v: it["enterprise"] == v,
    "pay_fen": lambda it, v: max(pay or 0 for pay in it["pay"]) >= v,
    "education": lambda it, v: it["education"] is None
    or EDUCATION.index(it["education"]) <= EDUCATION.index(v),
    "published_since": lambda it, v: it["published"]
    >= datetime.datetime.fromisoformat(v),
    "q": lambda it, v: v in it["title"].replace("數控車床", "数控车床"),
}


def passes(it, wanted):
    by_period = "period_from" in wanted or "period_to" in wanted
    return all(PASSES[name](it, value) for name, value in wanted.items()
               if name in PASSES) and \
        (not by_period or shares_a_day(it, wanted))


def random_filters(rng, postings, enterprises):
    choices = {
        "kind": ["internship", "job"],
        "division": ["330000", "330100", "330106", "440000"],
        "specialty": ["66", "6603", "660301"],
        "enterprise_id": [str(one) for one in enterprises],
        "pay_fen": [1, 250000, 300000, 500000],
        "period_from": ["2027-06-30", "2027-09-01"],
        "period_to": ["2027-09-01", "2028-01-01"],
        "education": EDUCATION,
        "published_since": [rng.choice(list(postings.values()))["published"]
                            .isoformat()],
        "q": ["装配", "编程", "数控车床"],
    }
    names = rng.sample(sorted(choices), rng.choice([1, 1, 2, 2, 3, 4]))
    return {name: rng.choice(choices[name]) for name in names}


def found(client, people, filters, limit=200):
    query = urllib.parse.urlencode({**filters, "limit": limit})
    return walk(client, f"/v1/students/{people.student}/matches?{query}")


def held_to_the_whole(client, shop, seed, rounds):
    people, postings, enterprises = shop
    rng = random.Random(seed)
    whole = [item for item in found(client, people, {})
             if item["posting_id"] in postings]
    assert len(whole) > 60
    count = 0
    for _ in range(rounds):
        filters = random_filters(rng, postings, enterprises)
        wanted = [item for item in whole
                  if passes(postings[item["posting_id"]], filters)]
        listed = [item for item in
                  found(client, people, filters, rng.choice([3, 200]))
                  if item["posting_id"] in postings]
        assert listed == wanted, filters
        count += len(wanted) > 0
    assert count > rounds // 4


@pytest.fixture
def student(server, shop):
    client = server.client(shop[0].tokens["student"])
    yield client
    client.close()


def test_any_filters_together(student, shop):
    held_to_the_whole(student, shop, seed=2, rounds=150)


def test_while_writers_write(student, shop, town, cluster, database):
    """Postings of a third enterprise come, change and go meanwhile."""
    people, _, _ = shop
    enterprise, over = town.enterprise(people.consortium), threading.Event()
    rounds = []

    def write():
        mine, rng = type(town)(cluster.url(database)), random.Random(3)
        while not over.is_set():
            made = add(mine, people, rng, [enterprise])
            mine.run("update posting set title = 'PLC编程', actor = %s"
                     " where id = %s", SERVICE, made["id"])
            mine.run("update posting set state = 'closed', actor = %s"
                     " where id = %s", SERVICE, made["id"])
            rounds.append(made)
        mine.close()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        held_to_the_whole(student, shop, seed=4, rounds=100)
    finally:
        over.set()
        writer.join()
    assert len(rounds) > 10


def test_candidates(server, town, shop):
    people, postings, _ = shop
    posting = next(it["id"] for it in postings.values()
                   if it["target"] == "66" and it["education"] is None
                   and it["enterprise"] == str(people.enterprise))
    homes = {}
    for specialty, home in [("660301", "330106"), ("660302", "330200"),
                            ("660301", "440306"), ("460301", None)] * 3:
        made = town.student(people.consortium, people.school, specialty)
        town.run("update student set home_division_code = %s,"
                 " is_willing_anywhere = true where id = %s", home, made)
        homes[str(made)] = home or ""
    server.current(town)
    client = server.client(people.tokens["enterprise"])
    base = f"/v1/postings/{posting}/candidates?limit=5"

    def ids(more):
        return [item["student_id"] for item in walk(client, base + more)]

    whole = walk(client, base)
    assert len(whole) >= 9
    for code in ("66", "6603", "660302"):
        assert ids(f"&specialty={code}") == [
            item["student_id"] for item in whole
            if item["specialty_code"].startswith(code)]
    for code in ("330000", "330200", "440306"):
        assert ids(f"&division_code={code}&specialty=66") == [
            item["student_id"] for item in whole
            if homes.get(item["student_id"], "").startswith(
                code.rstrip("0"))]
    for level, digits in (("secondary", "4567"), ("associate", "45")):
        assert ids(f"&education={level}") == [
            item["student_id"] for item in whole
            if item["specialty_code"][0] in digits]
    client.close()


@pytest.mark.parametrize("query,names", [
    ("specialty=999999", ["specialty"]), ("specialty=66030", ["specialty"]),
    ("division=339900", ["division"]),
    ("specialty=669900&division=339900", ["division", "specialty"]),
    ("period_from=2027-02-01&period_to=2027-01-31", ["period_to"]),
    ("period_from=2027-02-30", ["period_from"]), ("pay_fen=0", ["pay_fen"]),
    ("education=none", ["education"]), ("q=%20-", ["q"]),
    ("q=", ["q"]), ("published_since=today", ["published_since"]),
    ("enterprise_id=1", ["enterprise_id"])])
def test_what_is_no_filter(student, shop, query, names):
    people, _, _ = shop
    reply = student.get(f"/v1/students/{people.student}/matches?{query}")
    assert (reply.status, sorted(reply.wheres())) == (400, names)


@pytest.mark.parametrize("query,names", [
    ("specialty=669900", ["specialty"]), ("specialty=a", ["specialty"]),
    ("division_code=339900", ["division_code"]),
    ("education=none", ["education"])])
def test_what_is_no_filter_of_candidates(server, shop, query, names):
    people, postings, _ = shop
    client = server.client(people.tokens["office"])
    reply = client.get(f"/v1/postings/{next(iter(postings))}/candidates?"
                       + query)
    assert (reply.status, reply.wheres()) == (400, names)
    client.close()
