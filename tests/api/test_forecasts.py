"""Forecasts: the numbers that they are made from, counted by hand; what is
told of them, as the program says it that the benchmark scores; and by whom."""

import datetime
import os
import pathlib
import random

import pytest

from tests.api.graduates import graduate
from tests.api.town import SERVICE
from tests.bench.forecast import scoring, stays

PATH = "/v1/statistics/forecasts"
PROGRAMS = pathlib.Path(os.environ["BUILD"]) / "tests" / "bench" / "forecast"
CHINA = datetime.timezone(datetime.timedelta(hours=8))
TODAY = datetime.datetime.now(CHINA)
THIS = TODAY.year
FIRST = THIS + (TODAY.month >= 9)
POOLS = {"class": 0, "category": 1, "all": 2, "none": 3}
OLD = "2001-01-01"


def asked_for(town, home, year, node, openings, source="job"):
    town.run("insert into demand_count (consortium_id, year, source, node,"
             " education, postings, openings, share) values (%s, %s, %s, %s,"
             " '', 1, %s, %s)", home, year, source, node, openings,
             1000 * openings)


def enrolled(town, home, school, year, specialty, count):
    town.run("insert into graduate_count values (%s, %s, %s, 6, %s, 'female',"
             " 'none', 0, 0, 0, 0, %s)", home, school, year, specialty, count)


def known_of_old(town, home, *years):
    """The cohorts and the schools were here all the time."""
    town.run("update school set created_at = %s, actor = id"
             " where consortium_id = %s", OLD, home)
    for year in years:
        town.run("insert into graduate_fact values (%s, gen_random_uuid(), %s,"
                 " %s, gen_random_uuid(), %s, 6, '660301', 'female', 'none',"
                 " 0, 0, 0, 0)", home, OLD, "2001-02-02", year)


def lost(town, home, school, year, count, ago, specialty="660301"):
    """Students of a cohort who left so long ago."""
    for _ in range(count):
        one = graduate(town, home, school, f"{year}-06-30", specialty)
        town.run("update student set state = 'left', actor = %s,"
                 " reason = '转学' where id = %s", SERVICE, one)
        town.run("update student_leaving set at = now() - %s::interval"
                 " where student_id = %s", ago, one)


def ask(client, **query):
    reply = client.get(PATH + ("?" if query else "") + "&".join(
        f"{name}={value}" for name, value in query.items()))
    assert reply.status == 200, reply
    return reply.json


def one(client, code="660301", **query):
    return next(item for item in ask(client, **query)["items"]
                if item["specialty"] == code)


def test_demand_by_hand(town, people, as_role):
    home = people.consortium
    for year, openings in zip(range(THIS - 3, THIS), (10, 20, 16)):
        asked_for(town, home, year, "660301", openings - 1)
        asked_for(town, home, year, "660301", 1, "order_class")
        asked_for(town, home, year, "660301", 50, "internship")
        asked_for(town, home, year, "", year % 7)
    asked_for(town, home, THIS, "660301", 999)      # not ended
    asked_for(town, home, FIRST + 1, "660301", 35, "demand-list")
    enrolled(town, home, people.school, FIRST + 1, "660301", 40)
    office = as_role("office")
    all_of_it = ask(office)
    assert (all_of_it["first_cohort"], all_of_it["by"],
            all_of_it["interval_mille"]) == (FIRST, "specialty", 800)
    assert all_of_it["unnamed"] == [
        {"year": year, "openings": year % 7}
        for year in range(THIS - 3, THIS)]
    item = one(office)
    assert (item["specialty_name"], item["level"]) == \
        ("机电技术应用", "secondary")
    assert item["series"] == [
        {"year": THIS - 3, "openings": 10}, {"year": THIS - 2, "openings": 20},
        {"year": THIS - 1, "openings": 16}]
    assert [c["year"] for c in item["cohorts"]] == [FIRST, FIRST + 1,
                                                    FIRST + 2]
    for cohort in item["cohorts"]:
        said = cohort["demand"]
        assert said["methods_mille"]["naive"] == 16000
        assert said["methods_mille"]["smooth"] == 15500
        assert said["methods_mille"]["mean"] == 15333
        exact = sum(item["weights"][name] * said["methods_mille"][name]
                    for name in said["methods_mille"]) / 1e6
        assert abs(said["count"] - exact) <= .501
        assert said["low"] <= said["count"] <= said["high"]
        assert said["errors_of"] == "none" and said["errors"] == 0
    assert [c["listed_mille"] for c in item["cohorts"]] == [0, 35000, 0]
    assert [c["listed_less_enrolled"] for c in item["cohorts"]] == [0, -5, 0]


def test_supply_by_hand(town, people, as_role):
    """6 of 120 left of one cohort after this day of its last year, 4 of 80 of
    another; as tests/matcher/test_survival.c has it."""
    home, school = people.consortium, people.school
    for year in (FIRST, FIRST + 1):
        enrolled(town, home, school, year, "660301", 100)
    office = as_role("office")
    nobody = one(office)["cohorts"]
    assert [c["supply"] for c in nobody[:2]] == [
        {"count": 98, "low": 94, "high": 100, "leaving_millionths": 19999,
         "past_students": 0, "past_leavers": 0},
        {"count": 96, "low": 91, "high": 100, "leaving_millionths": 39999,
         "past_students": 0, "past_leavers": 0}]
    assert all(c["demand"] is None and c["gap"] is None for c in nobody)
    assert one(office)["weights"] is None
    known_of_old(town, home, FIRST - 1, FIRST - 4)
    enrolled(town, home, school, FIRST - 1, "660301", 114)
    enrolled(town, home, school, FIRST - 4, "660301", 76)
    lost(town, home, school, FIRST - 1, 6, "11 months")
    lost(town, home, school, FIRST - 4, 4, "47 months")
    # with two years to go, and not with one
    lost(town, home, school, FIRST - 1, 2, "13 months")
    cohorts = one(office)["cohorts"]
    assert cohorts[0]["supply"] == {
        "count": 95, "low": 91, "high": 99, "past_students": 200,
        "past_leavers": 10, "leaving_millionths": 49951}
    assert cohorts[1]["supply"]["past_students"] == 202
    assert cohorts[1]["supply"]["past_leavers"] == 12
    # a cohort, and a school, that were not here then say nothing
    enrolled(town, home, school, FIRST - 2, "660301", 500)
    assert one(office)["cohorts"] == cohorts
    town.run("update school set created_at = now(), actor = id"
             " where consortium_id = %s", home)
    assert one(office)["cohorts"][:2] == nobody[:2]


def test_who_comes_back_has_not_left(town, people):
    home, school = people.consortium, people.school
    town.run("update student set graduates_on = '2027-06-30', actor = %s"
             " where id = %s", SERVICE, people.student)

    def move(state):
        town.run("update student set state = %s, actor = %s, reason = 'x'"
                 " where id = %s", state, SERVICE, people.student)
        return town.one("select count(*) from student_leaving"
                        " where consortium_id = %s and school_id = %s"
                        " and year = 2027", home, school)
    assert [move(to) for to in ("left", "active", "left")] == [1, 0, 1]


def city(town, home, school):
    """Random counts; (code, series, enrolled) of each specialty."""
    dice = random.Random(5)
    codes = [row[0] for row in town.rows(
        "select code from specialty where is_current"
        " and class_code in ('6603', '6101', '6102', '5101', '5102', '5104')"
        " order by code")]
    made = []
    for code in codes:
        series = [dice.randint(0, 40) for _ in range(7)]
        if dice.random() < .2:
            series = [0] * 7
        for year, openings in zip(range(THIS - 7, THIS), series):
            if openings:
                asked_for(town, home, year, code, openings)
        coming = [dice.randint(0, 90) for _ in range(3)]
        for at, count in enumerate(coming):
            if count:
                enrolled(town, home, school, FIRST + at, code, count)
        made.append((code, series, coming))
    return [row for row in made if any(row[1]) or any(row[2])]


@pytest.fixture
def rows(town):
    """town.rows: all rows of a statement."""
    def rows(statement, *values):
        with town.db.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.fetchall()
    town.rows = rows
    return rows


def program_says(made, digits):
    """Of the groups by so many digits: {code: (forecast, stays)}."""
    sums = {}
    for code, series, coming in made:
        to = sums.setdefault(code[:digits], ([0] * 7, [0] * 3))
        for at, n in enumerate(series):
            to[0][at] += n
        for at, n in enumerate(coming):
            to[1][at] += n
    level = {"6": 1, "5": 2}

    def pool(code, less):
        cut = digits - less
        return int(code[:cut]) if cut else level[code[0]]
    unknown = [None] if FIRST > THIS else []
    series = [(pool(c, 2), 10000 + pool(c, 4 if digits > 2 else 2),
               s + unknown) for c, (s, _) in sums.items()]
    demand = scoring.forecast(PROGRAMS / "forecast_ours", [series])[0]
    supply = stays.survival(PROGRAMS / "forecast_stays", [
        (a, b, sums[code][1], []) for code, (a, b, _) in zip(sums, series)])
    return dict(zip(sums, zip(demand, supply)))


@pytest.mark.parametrize("by, digits", [("specialty", 6), ("class", 4),
                                        ("category", 2)])
def test_as_the_program_says(town, people, as_role, rows, by, digits):
    made = city(town, people.consortium, people.school)
    wanted = program_says(made, digits)
    items = ask(as_role("office"), by=by)["items"]
    assert {item["specialty"] for item in items} == set(wanted)
    pools = set()
    for item in items:
        demand, supply = wanted[item["specialty"]]
        assert list(item["weights"].values())[:4] == demand.weights
        for cohort, said, (count, low, high, exact, reach, _) in zip(
                item["cohorts"], demand.ahead, supply):
            got = cohort["demand"]
            assert [got["count"], got["low"], got["high"], got["errors"],
                    got["own_errors"]] == [said.count, said.low, said.high,
                                           said.errors, said.own]
            pools.add(got["errors_of"])
            assert [cohort["supply"][name] for name in
                    ("count", "low", "high")] == [count, low, high]
            gap = cohort["gap"]
            assert gap["count"] == said.count - count
            middle = (said.exact - exact) / 65536
            below = (said.below**2 + reach**2)**.5 / 65536
            above = (said.above**2 + reach**2)**.5 / 65536
            assert -.1 <= middle - below - gap["low"] <= 1.1
            assert -.1 <= gap["high"] - middle - above <= 1.1
    # few classes have few errors
    assert by != "specialty" or (
        "none" not in pools and pools >= {"class", "category"})


def test_filters_change_no_number(town, people, as_role, rows):
    city(town, people.consortium, people.school)
    office = as_role("office")
    whole = {item["specialty"]: item for item in ask(office)["items"]}
    for query, fits in (({"specialty": "6603"},
                         lambda c: c.startswith("6603")),
                        ({"specialty": "51", "level": "associate"},
                         lambda c: c.startswith("51")),
                        ({"level": "secondary"}, lambda c: c[0] == "6"),
                        ({"level": "bachelor"}, lambda c: False)):
        assert ask(office, **query)["items"] == [
            item for code, item in whole.items() if fits(code)]
    for query in ("specialty=999999", "by=school", "level=high", "x=1"):
        assert office.get(f"{PATH}?{query}").status == 400


def test_a_school_sees_its_own_students(town, people, as_role):
    home, other = people.consortium, town.school(people.consortium)
    enrolled(town, home, people.school, FIRST, "660301", 30)
    enrolled(town, home, other, FIRST, "660301", 70)
    enrolled(town, home, other, FIRST, "660302", 9)
    asked_for(town, home, THIS - 1, "660301", 12)
    asked_for(town, home, THIS - 1, "510101", 12)
    school, office = as_role("school"), as_role("office")
    assert [item["specialty"] for item in ask(school)["items"]] == ["660301"]
    assert [item["specialty"] for item in ask(office)["items"]] == \
        ["510101", "660301", "660302"]
    own, whole = one(school)["cohorts"][0], one(office)["cohorts"][0]
    assert (own["enrolled"], whole["enrolled"]) == (30, 100)
    assert own["demand"] == whole["demand"]
    untaught = one(office, "510101")["cohorts"][0]
    assert (untaught["enrolled"], untaught["supply"]["count"]) == (0, 0)
    assert as_role("student").get(PATH).status == 403
    assert as_role("enterprise").get(PATH).status == 403


def test_nothing_yet(people, as_role):
    assert ask(as_role("office")) == {
        "by": "specialty", "first_cohort": FIRST, "interval_mille": 800,
        "unnamed": [], "items": []}


def test_classes_are_split_as_supply_and_demand_does(town, people, as_role,
                                                     rows):
    """What is asked of a class, by the students of the year; what no specialty
    is named for stands apart."""
    home, school = people.consortium, people.school
    for code, count in (("660301", 30), ("660302", 10)):
        enrolled(town, home, school, THIS - 1, code, count)
        town.run("insert into entrant_count (consortium_id, year, school_id,"
                 " specialty_code, entrants, students) values"
                 " (%s, %s, %s, %s, %s, %s)", home, THIS - 4, school, code,
                 count, count)
    asked_for(town, home, THIS - 1, "6603", 40)
    asked_for(town, home, THIS - 1, "660302", 7, "apprenticeship")
    asked_for(town, home, THIS - 1, "", 3)
    asked_for(town, home, FIRST, "6603", 8, "demand-list")
    office = as_role("office")
    told = ask(office)
    assert told["unnamed"] == [{"year": THIS - 1, "openings": 3}]
    shares = {row[0]: row[1:] for row in town.rows(
        "select specialty_code, sum(openings_share) filter (where source in"
        " ('job', 'apprenticeship')), sum(openings_share) filter (where source"
        " = 'demand-list') from demand_by_year(%s, %s, %s) group by 1", home,
        THIS - 1, FIRST)}
    for code, openings in (("660301", 30), ("660302", 17)):
        item = one(office, code)
        assert item["series"] == [{"year": THIS - 1, "openings": openings}]
        assert shares[code][0] == 1000 * openings
        assert item["cohorts"][0]["listed_mille"] == shares[code][1]
    assert one(office, "6603", by="class")["series"] == [
        {"year": THIS - 1, "openings": 47}]
