"""The quadrant: by hand, ties and means, small groups attacked together with
the rates, and by whom it is seen."""

import datetime
import random

import pytest

from tests.api.test_forecasts import FIRST
from tests.api.test_small_groups import LEAST, YEARS, Cohorts, narrowest

PATH = "/v1/statistics/quadrant"


def went(town, home, school, specialty, counts, year=FIRST - 1):
    """counts: how many of each code."""
    for code, n in counts.items():
        town.run("insert into graduate_count values (%s, %s, %s, 6, %s,"
                 " 'male', %s, 1, 0, 0, 0, %s)", home, school, year, specialty,
                 code, n)


def ask(client, **query):
    reply = client.get(PATH + ("?" if query else "") + "&".join(
        f"{name}={value}" for name, value in query.items()))
    assert reply.status == 200, reply
    return reply.json


def quadrants(told):
    return {item["specialty"]: item["quadrant"] or item["outside"]
            for item in told["items"]}


def rate(numerator, denominator):
    return {"numerator": numerator, "denominator": denominator,
            "rate": (20000 * numerator + denominator) // (2 * denominator)}


@pytest.fixture
def city(town, people):
    """Secondary: 100 graduates, 70 placed (10 + 10 + 50), 30 study."""
    home, school = people.consortium, people.school
    went(town, home, school, "660301", {"10": 10, "80": 6, "70": 4})
    went(town, home, school, "660302", {"11": 18, "80": 2})
    went(town, home, school, "610101", {"80": 12, "none": 8})
    went(town, home, school, "610201", {"12": 12, "70": 18, "85": 10},
         year=FIRST - 2)
    went(town, home, school, "510101", {"10": 20})
    return school


def test_by_hand(city, as_role):
    told = ask(as_role("office"))
    assert (told["by"], told["first_year"], told["last_year"],
            told["is_whole"], told["small_group_least"]) == \
        ("specialty", FIRST - 2, FIRST - 1, False, 11)
    assert told["means"] == [
        {"level": "secondary", "is_of_all": True, "graduates": 100,
         "placed": rate(70, 100), "further_study": rate(30, 100)},
        {"level": "associate", "is_of_all": True, "graduates": 20,
         "placed": rate(20, 20), "further_study": rate(0, 20)}]
    # 16/20 and 6/20, which is the mean; 20/20 and 2/20; 12/20 and 12/20;
    # 22/40 and 10/40; the only one of its level is its mean
    assert quadrants(told) == {"660301": "Q1", "660302": "Q2", "610101": "Q3",
                               "610201": "Q4", "510101": "Q1"}
    assert told["items"][-2] == {
        "specialty": "660301", "specialty_name": "机电技术应用",
        "level": "secondary", "graduates": 20, "placed": rate(16, 20),
        "further_study": rate(6, 20), "quadrant": "Q1", "outside": None}


def test_cohorts_classes_and_levels(city, as_role):
    office = as_role("office")
    assert quadrants(ask(office, years=1)) == {
        "660301": "Q2", "660302": "Q2", "610101": "Q3", "510101": "Q1"}
    assert quadrants(ask(office, year=FIRST - 2, years=1)) == {"610201": "Q1"}
    assert quadrants(ask(office, by="class", level="secondary")) == {
        "6101": "Q3", "6102": "Q4", "6603": "Q2"}
    assert quadrants(ask(office, by="category")) == {
        "51": "Q1", "61": "Q3", "66": "Q2"}
    assert ask(office, year=2003)["items"] == []
    for query in ("by=school", "years=6", "year=1", "level=x"):
        assert office.get(f"{PATH}?{query}").status == 400


def test_small_and_hidden(town, people, as_role, city):
    home, other = people.consortium, town.school(people.consortium)
    went(town, home, city, "660303", {"10": 4})
    went(town, home, other, "660303", {"10": 30})
    told = ask(as_role("office"))
    # what is too small in one school takes a second with it
    hidden = [code for code, where in quadrants(told).items()
              if where == "hidden"]
    assert "660303" in hidden and len(hidden) > 1
    for item in told["items"]:
        if item["specialty"] in hidden:
            assert (item["graduates"], item["placed"], item["further_study"],
                    item["quadrant"]) == (None,) * 4
    own = ask(as_role("school"))
    assert own["is_whole"] and own["means"] == told["means"]
    found = {item["specialty"]: item for item in own["items"]}
    assert (found["660303"]["graduates"], found["660303"]["outside"],
            found["660303"]["quadrant"]) == (4, "small", None)
    assert all(found[code]["quadrant"] for code in found if code != "660303")
    assert as_role("student").get(PATH).status == 403
    assert as_role("enterprise").get(PATH).status == 403


def test_a_mean_that_may_not_be_told(town, people, as_role):
    """A level that is too small hides in a block with another: the mean of the
    other is then of what is shown, or there is none."""
    home, school = people.consortium, people.school
    went(town, home, school, "660301", {"10": 30})
    went(town, home, school, "660302", {"70": 20})
    went(town, home, school, "510101", {"10": 3})
    told = ask(as_role("office"))
    assert told["means"] == [
        {"level": "secondary", "is_of_all": False, "graduates": 30,
         "placed": rate(30, 30), "further_study": rate(0, 30)}]
    assert quadrants(told) == {"510101": "hidden", "660301": "Q1",
                               "660302": "hidden"}
    own = ask(as_role("school"))
    assert own["means"] == told["means"]
    assert quadrants(own) == {"510101": "small", "660301": "Q1",
                              "660302": "Q3"}
    went(town, home, school, "510102", {"10": 4})
    assert quadrants(ask(as_role("school")))["510102"] == "small"


class Told:
    """What quadrants tell of the cohorts of test_small_groups."""

    def __init__(self, cohorts):
        self.atoms, self.client = cohorts.atoms, cohorts.client

    def members(self, code, told):
        return frozenset(
            atom for atom in self.atoms
            if told["first_year"] <= atom[0] <= told["last_year"]
            and atom[2].startswith(code))

    def look(self, **query):
        told, seen = ask(self.client, **query), {}
        for item in told["items"]:
            group = self.members(item["specialty"], told)
            seen[group] = None if item["outside"] == "hidden" else (
                item["graduates"], item["placed"]["numerator"])
        for mean in told["means"]:
            start = "5" if mean["level"] == "associate" else "6"
            group = self.members(start, told) if mean["is_of_all"] else \
                frozenset().union(*(g for g, shown in seen.items() if shown
                                    and next(iter(g))[2][0] == start))
            seen[group] = (mean["graduates"], mean["placed"]["numerator"])
        return seen


@pytest.mark.parametrize("seed", range(20, 24))
def test_no_subtraction_tells_of_a_small_group(town, people, as_role, seed,
                                               capsys):
    dice = random.Random(seed)
    cohorts = Cohorts(town, people, as_role("office"), dice)
    told, seen = Told(cohorts), {}
    answers = [told.look(by=by, year=year, years=years)
               for by in ("specialty", "class", "category")
               for year in YEARS for years in (1, 2)]
    answers += [cohorts.look(query) for query in (
        {"by": "year"}, {"by": "level,year"}, {"by": "specialty,year"},
        {"by": "class,year"}, {"by": "school,specialty,year"},
        {"by": "school,year"}, {"by": "district,year"}, {"by": "specialty"})]
    for answer in answers:
        for group, shown in answer.items():
            assert seen.setdefault(group, shown) == shown, group
    for group, shown in seen.items():
        assert shown is None or shown == tuple(
            sum(cohorts.atoms[atom][i] for atom in group) for i in (0, 1))
    hidden = [group for group, shown in seen.items() if shown is None]
    shown = {group: told[0] for group, told in seen.items() if told}
    assert hidden and shown
    width = narrowest(cohorts.atoms, shown, hidden)
    with capsys.disabled():
        print(f"\n{len(shown)} groups shown, {len(hidden)} hidden; the attack"
              f" bounds one within {width:g}")
    assert width >= LEAST - 1


def test_the_last_cohort_has_graduated(people, as_role):
    today = datetime.date.today()
    told = ask(as_role("office"))
    assert told["last_year"] in (today.year, today.year - 1)
    assert (told["means"], told["items"]) == ([], [])
