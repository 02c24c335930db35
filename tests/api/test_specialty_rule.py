"""The three lists, live: evidence and outcomes equal to a second reading of the
published rule; what is hidden tells nothing; whose thresholds; who sees what.
"""

import itertools
import json
import random

import pytest

from tests.api.specialty_rule import COUNTS, Blocks, nearest_change, outcome
from tests.api.specialty_world import (
    LEAST, YEAR, YEARS, World, a_city, people_of)
from tests.api.test_rounds import add_policy
from tests.api.town import new_id

LISTS = "/v1/statistics/specialty-lists"


def look(client, **query):
    """The lists whole: the first page, with the items of all."""
    told = page(client, LISTS + "?" + "&".join(
        f"{name}={value}" for name, value in
        {"year": YEAR, **query}.items()))
    following = told.pop("next")
    while following:
        more = page(client, following)
        following = more.pop("next")
        told["items"] += more.pop("items")
        assert more == {name: told[name] for name in told if name != "items"}
    return told


def page(client, target):
    reply = client.get(target)
    assert reply.status == 200, reply
    return reply.json


def key_of(item):
    return item["specialty"], item["school_id"]


@pytest.fixture
def world(town, people):
    add_policy(town, people)
    return World(town, people)


@pytest.mark.parametrize("seed", range(4))
def test_the_rule_is_the_published_one(world, as_role, seed):
    dice = random.Random(seed)
    people_of(world, dice)
    told = look(as_role("office"))
    expected = world.expect()
    items = {key_of(item): item for item in told["items"]}
    assert set(items) == set(expected) and len(items) == len(told["items"])
    rule = told["rule"]
    assert len(rule["conditions"]) == 19
    for key, item in items.items():
        evidence = item["evidence"]
        for seen, wanted in zip(evidence["cohorts"], expected[key]["cohorts"],
                                strict=True):
            assert {name: (seen[name], wanted[name]) for name in wanted
                    if seen[name] != wanted[name]} == {}, (key, seen["year"])
            assert set(seen) == set(wanted)
        assert evidence["next"] == expected[key]["next"], key
        check(item, rule)
    assert told["counts"] == {
        word: sum(item["outcome"] == word for item in items.values())
        for word in ("too-few", "restrict", "strengthen", "upgrade", "none")}


def check(item, rule):
    """Outcome, stability and margins, by trying everything."""
    evidence = item["evidence"]
    now = outcome(evidence, rule, rule["cohorts"])
    assert item["outcome"] == now
    more = outcome(evidence, rule, rule["cohorts"] + 1)
    fewer = outcome(evidence, rule, rule["cohorts"] - 1)
    assert (item["with_more"], item["with_fewer"]) == (more, fewer)
    assert item["is_stable"] == (more == now and fewer == now)
    assert item["is_hidden"] == any(
        one["is_hidden"] for one in [*evidence["cohorts"][:rule["cohorts"]],
                                     *evidence["next"]])
    # the window is all that there is room for: 10,000 away and more is not
    # tried, since no value is further
    for one in evidence["conditions"]:
        if one["value"] is not None and abs(
                one["value"] - one["threshold"]) > 400:
            continue
        found = nearest_change(evidence, rule, one["name"], 402)
        if found is None and one["value"] is None:
            continue
        assert (one["changes_at"], one["becomes"]) == (found or (None, None)), \
            one
    for name, one in evidence["limits"].items():
        found = nearest_change(evidence, rule, name, 500)
        assert (one["changes_at"], one["becomes"]) == (found or (None, None))


def test_random_worlds_have_every_outcome(server, town):
    """What the tests above compare is not all one kind."""
    seen = set()
    for seed in range(4):
        people = town.people()
        add_policy(town, people)
        world = World(town, people)
        people_of(world, random.Random(seed))
        client = server.client(people.tokens["office"])
        seen |= {(item["outcome"], item["is_stable"])
                 for item in look(client)["items"]}
    assert {word for word, _ in seen} >= {"too-few", "upgrade", "none"}
    assert {stable for _, stable in seen} == {True, False}


def test_a_city_by_hand(world, as_role):
    a_city(world)
    found = {item["specialty"]: item for item in look(
        as_role("office"), of="all-schools")["items"]}
    assert {code: item["outcome"] for code, item in found.items()} == {
        "660301": "strengthen", "660302": "restrict", "610101": "upgrade"}
    best = found["660301"]
    measures = best["evidence"]["measures"]
    # 38 of 40, where 87 of 120 of the level are placed
    assert measures["placed"] == {"value": 2250, "rate": 9500, "mean": 7250}
    # 30 of 36 by 48 of 82
    assert measures["local"] == {"value": 2479, "rate": 8333, "mean": 5854}
    assert measures["demand"]["value"] == 1500
    assert measures["demand_trend"]["value"] == 1000
    assert measures["enrolment"]["value"] == 1000
    assert (best["cohorts"], best["graduates"], best["is_stable"]) == \
        (3, 120, True)
    assert measures["demand_trend"]["value"] == next(
        one["changes_at"] - 1 for one in best["evidence"]["conditions"]
        if one["name"] == "strengthen_demand_trend")


def test_filters(world, as_role):
    a_city(world)
    office = as_role("office")
    assert len(look(office)["items"]) == 6
    for query, codes in (({"outcome": "restrict"}, {"660302"}),
                         ({"specialty": "6603"}, {"660301", "660302"}),
                         ({"level": "bachelor"}, set()),
                         ({"school_id": world.schools[1]}, set()),
                         ({"school_id": world.schools[0], "outcome": "none"},
                          set())):
        assert {item["specialty"] for item in look(office, **query)["items"]} \
            == codes, query
    assert {item["school_id"] for item in look(office, of="school")["items"]} \
        == {world.schools[0]}
    for query in ("of=street", "outcome=good", "year=1990", "specialty=999999",
                  "policy_version=7", "year=2090", "policy_version=0",
                  f"school_id={new_id()}"):
        reply = office.get(LISTS + "?" + query)
        assert (reply.status, reply.wheres()) == (
            400, [query.split("=")[0]]), reply
    assert office.get(LISTS).json["policy_version"] == 1
    for role in ("student", "enterprise"):
        assert as_role(role).get(LISTS).status == 403
    assert office.get(LISTS + "?level=phd").status == 400


def test_an_empty_city_has_no_lists(as_role):
    told = as_role("office").get(LISTS).json
    assert (told["items"], told["policy_version"]) == ([], None)


# ---- pages ----

def many(world, schools):
    """340 specialties of each."""
    for school in schools:
        world.town.run(
            "insert into graduate_count select %s, %s, %s, 6, s.code, 'male',"
            " '11', 1, 3, 0, 0, 30 from (select code from specialty"
            " where is_current and code ~ '^[67]' order by code limit 340) s",
            world.home, school, YEAR)


def test_pages_of_many(world, as_role):
    many(world, world.schools)
    office = as_role("office")
    first = page(office, f"{LISTS}?year={YEAR}")
    assert (len(first["items"]), sum(first["counts"].values())) == (50, 1360)
    told = look(office, limit=200)
    keys = [key_of(item) for item in told["items"]]
    assert keys == sorted(keys, key=lambda key: (key[0], key[1] or ""))
    assert len(set(keys)) == 1360
    assert first["items"] == told["items"][:50]
    assert len(look(office, of="all-schools")["items"]) == 340


@pytest.mark.parametrize("seed", range(3))
def test_any_pages_make_the_whole(world, as_role, seed):
    dice = random.Random(seed)
    people_of(world, dice)
    for client in (as_role("office"), as_role("school")):
        for query in ({}, {"of": "school"}, {"outcome": "too-few"},
                      {"level": "secondary"}):
            whole = look(client, limit=200, **query)
            for limit in (1, dice.randint(2, 9)):
                assert look(client, limit=limit, **query) == whole


def test_pages_while_others_write(world, as_role, people):
    """What is there all the while comes once, of one year and one version."""
    people_of(world, random.Random(5))
    office = as_role("office")
    before = [key_of(item) for item in look(office)["items"]]
    path = f"/v1/consortia/{people.consortium}/policy"
    seen, told, turn = [], page(office, LISTS + "?limit=3"), 0
    basis = told["year"], told["policy_version"]
    while told["next"]:
        turn += 1
        seen += [key_of(item) for item in told["items"]]
        if turn == 2:
            assert office.post(path, terms_of(
                office.get(path).json, least_graduates=5000)).status == 201
        world.add(YEAR, world.schools[turn % 3], "51010" + str(turn % 5 + 1),
                  employed=5)
        world.add(YEAR, world.schools[turn % 3], "660303", waiting=20)
        told = page(office, told["next"])
        assert (told["year"], told["policy_version"]) == basis
    seen += [key_of(item) for item in told["items"]]
    assert turn > 8 and len(set(seen)) == len(seen)
    assert set(before) <= set(seen)
    assert page(office, LISTS)["policy_version"] == basis[1] + 1


def test_cursors_of_others(world, as_role):
    people_of(world, random.Random(6))
    office = as_role("office")
    following = page(office, LISTS + "?limit=1")["next"]
    cursor = following.partition("after=")[2]
    entries = office.get("/v1/students?limit=1").json["next"]
    foreign = entries.partition("after=")[2] if entries else "AAAA"
    for after in (cursor[:-4], cursor + "A", "x", foreign):
        reply = office.get(f"{LISTS}?after={after}")
        assert (reply.status, reply.wheres()) == (400, ["after"]), reply
    # a year that is named stands before the cursor's
    assert page(office, f"{LISTS}?year={YEAR - 1}&after={cursor}")["year"] \
        == YEAR - 1


def test_the_lists_whole(world, as_role):
    people_of(world, random.Random(7))
    for client in (as_role("office"), as_role("school")):
        told = look(client, of="school")
        lines = client.get(f"{LISTS}.jsonl?year={YEAR}&of=school").body
        assert [json.loads(line) for line in lines.splitlines()] \
            == told["items"]


# ---- thresholds are the policy's ----

def terms_of(policy, **changes):
    return {**{name: value for name, value in policy.items()
               if name not in ("version", "created_at", "valid_from")},
            "specialty_lists": {**policy["specialty_lists"], **changes}}


def test_thresholds_are_policy(world, as_role, people):
    a_city(world)
    office = as_role("office")
    path = f"/v1/consortia/{people.consortium}/policy"
    policy = office.get(path).json
    assert policy["specialty_lists"]["least_graduates"] == 30
    made = office.post(path, terms_of(policy, least_graduates=121))
    assert made.status == 201, made
    assert made.json["specialty_lists"]["least_graduates"] == 121
    assert office.get(path).json["specialty_lists"] == \
        made.json["specialty_lists"]
    told = look(office)
    assert (told["policy_version"], told["rule"]["least_graduates"]) == (2, 121)
    assert {item["outcome"] for item in told["items"]} == {"too-few"}
    before = look(office, policy_version=1)
    assert before["rule"]["least_graduates"] == 30
    assert {item["outcome"] for item in before["items"]} == {
        "strengthen", "restrict", "upgrade"}
    flawed = office.post(path, terms_of(policy, cohorts=1, upgrade_least=7))
    assert flawed.wheres() == ["#/specialty_lists/upgrade_least"], flawed
    flawed = office.post(path, terms_of(policy, cohorts=1))
    assert flawed.wheres() == ["#/specialty_lists/least_cohorts"], flawed
    short = terms_of(policy)
    del short["specialty_lists"]["cohorts"]
    assert office.post(path, short).wheres() == ["#/specialty_lists/cohorts"]
    without = terms_of(policy)
    del without["specialty_lists"]
    assert office.post(path, without).json["specialty_lists"] == \
        policy["specialty_lists"]


# ---- who sees what ----

def test_a_school_sees_its_own_whole(world, as_role, server, town, people):
    dice = random.Random(3)
    people_of(world, dice)
    own = str(people.school)
    seen = look(as_role("school"))["items"]
    office = {key_of(item): item for item in look(as_role("office"))["items"]}
    taught = {item["specialty"] for item in seen if item["school_id"]}
    assert {item["school_id"] for item in seen} == {own, None}
    assert {item["specialty"] for item in seen} == taught
    assert {key for key in office
            if key[1] == own or (key[1] is None and key[0] in taught)} == {
        key_of(item) for item in seen}
    hidden = 0
    for item in seen:
        others = office[key_of(item)]
        if item["school_id"] is None:
            assert item == others
            continue
        for name in ("outcome", "is_stable", "graduates", "with_more"):
            assert item[name] == others[name]
        for cohort, shown in zip(item["evidence"]["cohorts"],
                                 others["evidence"]["cohorts"]):
            counts = world.atoms.get((cohort["year"], own,
                                      item["specialty"]))
            assert {name: cohort[name] for name in COUNTS} == (
                counts or dict.fromkeys(COUNTS, 0))
            hidden += shown["graduates"] is None
            assert cohort["is_hidden"] == shown["is_hidden"]
    assert hidden > 5


def without_time(told):
    return json.dumps(told, sort_keys=True)


def test_what_is_hidden_tells_nothing(server, town):
    """Two cities that differ only within what is hidden are the same to the
    office, whatever it asks: no number and no outcome tells them apart."""
    tried = 0
    for seed in range(4):
        people = town.people()
        add_policy(town, people)
        world = World(town, people)
        people_of(world, random.Random(seed))
        client = server.client(people.tokens["office"])
        before = without_time(look(client))
        order = sorted(world.atoms, key=lambda atom: (
            atom[0], world.district(atom[1]), atom[1], atom[2]))
        blocks = Blocks({atom: world.atoms[atom]["graduates"]
                         for atom in order}, world.wholes, LEAST)
        for atom in order:
            inside = blocks.members(blocks.block[atom])
            if len(inside) < 2 or not blocks.is_safe(blocks.block[atom]):
                continue
            other = next(one for one in inside if one != atom)
            counts = world.atoms[atom]
            waiting = counts["graduates"] - counts["placed"]
            # who waits here and who studies there change places
            if not waiting or not world.atoms[other]["studying"]:
                continue
            for place, gone, came in ((atom, "70", "80"),
                                      (other, "80", "70")):
                for code, n in ((gone, -1), (came, 1)):
                    town.run("insert into graduate_count values (%s, %s, %s,"
                             " 6, %s, 'female', %s, 1, 0, 0, 0, %s)",
                             world.home, place[1], place[0], place[2], code,
                             n)
            tried += 1
        assert without_time(look(client)) == before, seed
    assert tried > 20


def test_sizes_of_what_is_hidden_tell_nothing(world, as_role, town):
    """A hidden graduate of one specialty who is of another instead, in the same
    block: neither weighs in what is divided by graduates."""
    school, other = world.schools[0], world.schools[2]
    for year in YEARS:
        world.add(year, school, "610101", employed=50, waiting=10)
        world.add(year, other, "610102", employed=4, waiting=2)
        world.add(year, other, "610301", employed=5, waiting=2)
        if year <= YEAR:
            for node in ("6101", "61", "610102"):
                world.ask(year, node, 50000)
    before = look(as_role("office"))
    found = {key_of(item): item for item in before["items"]}
    assert found["610101", None]["evidence"]["measures"]["demand"]["value"] \
        == 1667
    for key in itertools.product(("610102", "610301"), (None, other)):
        assert (found[key]["is_hidden"], found[key]["outcome"],
                found[key]["graduates"]) == (True, "too-few", 0)
    for year in YEARS:
        for specialty, n in (("610102", 1), ("610301", -1)):
            town.run("insert into graduate_count values (%s, %s, %s, 6, %s,"
                     " 'female', '70', 1, 0, 0, 0, %s)", world.home, other,
                     year, specialty, n)
    assert without_time(look(as_role("office"))) == without_time(before)
