"""Small groups stay unknown: everything that the office may ask of random
cohorts is asked, and linear programming tries what it tells of what is hidden.

The attacker knows which schools have graduates of which specialty, that each
has at least one, and every number that is shown; he does not know the rows.
"""

import itertools
import random

import numpy
import pytest
from scipy.optimize import linprog

from tests.api.graduates import RATES, graduate, went
from tests.api.test_rounds import add_policy
from tests.api.town import new_id

LEAST = 11
YEARS = (2025, 2026)
SPECIALTIES = ["610101", "610102", "610301", "660301", "660302", "510101",
               "510102"]
DISTRICTS = ["330106", "330105"]


class Cohorts:
    """Random counts of a consortium, and its office."""

    def __init__(self, town, people, client, dice):
        self.town, self.home, self.client = town, people.consortium, client
        self.schools = [str(people.school)] + [
            str(town.school(self.home)) for _ in range(3)]
        for at, school in enumerate(self.schools):
            town.run("update school set division_code = %s, actor = id"
                     " where id = %s", DISTRICTS[at % 2], school)
        self.atoms = {}
        for year, school, specialty in itertools.product(
                YEARS, self.schools, SPECIALTIES):
            if dice.random() < 0.5:
                continue
            count = dice.choice([1, 2, 3, 5, 8, 10, 11, 12, 15, 40])
            placed = dice.randint(0, count)
            self.atoms[year, school, specialty] = (count, placed)
            for code, n in (("80", placed), ("70", count - placed)):
                town.run(
                    "insert into graduate_count values (%s, %s, %s, 6, %s,"
                    " 'female', %s, 1, 0, 0, 0, %s)", self.home, school, year,
                    specialty, code, n)

    def district(self, school):
        return DISTRICTS[self.schools.index(school) % 2]

    def queries(self):
        """Whatever may be asked by place, with every filter."""
        filters = [{}]
        filters += [{"school_id": one} for one in self.schools]
        filters += [{"division_code": one} for one in DISTRICTS]
        filters += [{"level": one} for one in ("secondary", "associate")]
        filters += [{"specialty": one[:digits]} for one in SPECIALTIES
                    for digits in (2, 4, 6)]
        filters += [{**one, "level": "secondary"} for one in filters]
        filters += [{**one, "year": 2026} for one in filters]
        places = [kept for size in range(4) for kept in
                  itertools.combinations(("school", "district", "level"),
                                         size)]
        for place, of, year in itertools.product(
                places, ("", "specialty", "class", "category"),
                ("", "year")):
            by = ",".join([*place, *filter(None, (of, year))])
            for one in filters:
                yield {**one, **({"by": by} if by else {})}

    def members(self, item, query, year):
        """The atoms that a group is made of."""
        def fits(atom):
            when, school, specialty = atom
            level = "associate" if specialty.startswith("5") else "secondary"
            return ((year or when) == when
                    and (item["school_id"] or school) == school
                    and specialty.startswith(item["specialty"] or "")
                    and (item["level"] or level) == level
                    and (item["division_code"] or self.district(school))
                    == self.district(school)
                    and (query.get("school_id") or school) == school
                    and specialty.startswith(query.get("specialty", ""))
                    and query.get("level", level) == level
                    and query.get("division_code", self.district(school))
                    == self.district(school))
        return frozenset(atom for atom in self.atoms if fits(atom))

    def look(self, query):
        """{atoms: (graduates, placed), or None where it is hidden}"""
        reply = self.client.get(RATES + "?" + "&".join(
            f"{name}={value}" for name, value in query.items()))
        assert reply.status == 200, reply
        assert reply.json["is_whole"] is False
        seen = {}
        for item in reply.json["items"]:
            group = self.members(item, query, item["year"])
            shown = None if item["is_hidden"] else (
                item["graduates"], item["rates"]["placed"]["numerator"])
            assert item["is_hidden"] == (item["graduates"] is None)
            assert item["is_hidden"] == (item["rates"] is None)
            seen[group] = shown
            if item["before"]:
                earlier = self.members(item, query, item["year"] - 1)
                seen[earlier] = (item["before"]["graduates"],
                                 item["before"]["placed"]["numerator"])
        return seen


class Attack:
    """What the numbers that are shown leave possible."""

    def __init__(self, atoms, shown):
        self.place = {atom: at for at, atom in enumerate(atoms)}
        self.left = numpy.zeros((len(shown), len(atoms)))
        self.right = numpy.array([count for count in shown.values()], float)
        for row, group in enumerate(shown):
            for atom in group:
                self.left[row, self.place[atom]] = 1

    def range_of(self, group, least):
        goal = numpy.zeros(len(self.place))
        for atom in group:
            goal[self.place[atom]] = 1
        ends = []
        for sign in (1, -1):
            found = linprog(sign * goal, A_eq=self.left, b_eq=self.right,
                            bounds=(least, None), method="highs")
            assert found.status in (0, 3), found.message
            ends.append(sign * found.fun if found.status == 0
                        else float("inf"))
        return ends


def narrowest(atoms, shown, hidden):
    """How near the attack comes to what is hidden, in graduates."""
    attack = Attack(atoms, shown)
    widths = [high - low for low, high in
              (attack.range_of(group, 1) for group in hidden)]
    return min(widths, default=float("inf"))


@pytest.mark.parametrize("seed", range(6))
def test_no_subtraction_tells_of_a_small_group(town, people, as_role, seed,
                                               capsys):
    dice = random.Random(seed)
    cohorts = Cohorts(town, people, as_role("office"), dice)
    whole = list(cohorts.queries())
    asked = [{}, {"by": "year"}, {"by": "school,specialty,year"},
             {"by": "class,school,year"}, {"by": "specialty,year"},
             {"by": "school,year"}, {"by": "school,specialty", "year": 2026},
             *dice.sample(whole, 250)]
    seen = {}
    for query in asked:
        for group, shown in cohorts.look(query).items():
            # the same group is shown, or hidden, however it is asked for
            assert seen.setdefault(group, shown) == shown, (query, group)
    counts = {group: sum(cohorts.atoms[atom][0] for atom in group)
              for group in seen}
    for group, shown in seen.items():
        assert shown is None or counts[group] >= LEAST
        assert shown is None or shown == (counts[group], sum(
            cohorts.atoms[atom][1] for atom in group))
    hidden = [group for group, shown in seen.items() if shown is None]
    shown = {group: told[0] for group, told in seen.items() if told}
    assert hidden and shown
    width = narrowest(cohorts.atoms, shown, hidden)
    # hiding the small ones alone would not have done
    plain = {group: count for group, count in counts.items()
             if count >= LEAST}
    small = [group for group in counts if counts[group] < LEAST]
    before = narrowest(cohorts.atoms, plain, small)
    with capsys.disabled():
        print(f"\n{len(asked)} questions, {len(shown)} groups shown,"
              f" {len(hidden)} hidden, of them {len(small)} small; the attack"
              f" bounds one within {width:g}, without blocks within"
              f" {before:g}")
    assert width >= LEAST - 1
    assert before < LEAST - 1


def test_a_large_school_is_seen_whole(town, people, as_role):
    """Nothing is hidden where nothing is small."""
    for specialty, count in (("660301", 11), ("660302", 30)):
        town.run("insert into graduate_count values (%s, %s, 2026, 6, %s,"
                 " 'male', '70', 1, 0, 0, 0, %s)", people.consortium,
                 people.school, specialty, count)
    office = as_role("office")
    items = office.get(f"{RATES}?by=specialty").json["items"]
    assert [item["graduates"] for item in items] == [11, 30]
    rows = office.get(items[0]["destinations"])
    assert rows.status == 200


def test_one_small_group_takes_a_second_with_it(town, people, as_role):
    for specialty, count in (("660301", 10), ("660302", 30), ("610101", 50)):
        town.run("insert into graduate_count values (%s, %s, 2026, 6, %s,"
                 " 'male', '70', 1, 0, 0, 0, %s)", people.consortium,
                 people.school, specialty, count)
    office, school = as_role("office"), as_role("school")
    for by, wanted in (("specialty", [50, None, None]), ("class", [50, 40]),
                       ("school", [90])):
        items = office.get(f"{RATES}?by={by}").json["items"]
        assert [item["graduates"] for item in items] == wanted
        assert [item["is_hidden"] for item in items] \
            == [count is None for count in wanted]
    whole = school.get(f"{RATES}?by=specialty").json
    assert whole["is_whole"]
    assert [item["graduates"] for item in whole["items"]] == [50, 10, 30]


def test_sex_and_month_by_themselves(town, people, as_role):
    home, office = people.consortium, as_role("office")
    for sex, count in (("female", 12), ("male", 4), ("unknown", 12)):
        town.run("insert into graduate_count values (%s, %s, 2026, 6,"
                 " '660301', %s, '70', 1, 0, 0, 0, %s)", home, people.school,
                 sex, count)
    shown = {item["sex"]: item["graduates"] for item in
             office.get(f"{RATES}?by=sex&year=2026").json["items"]}
    assert shown == {"female": None, "male": None, "unknown": 12}
    assert office.get(f"{RATES}?sex=male").json["items"][0]["is_hidden"]
    assert not office.get(f"{RATES}?by=month").json["items"][0]["is_hidden"]
    for query in ("by=sex,month", "by=sex,school", "sex=male&by=level",
                  "month=6&specialty=66", "by=sex&level=secondary"):
        reply = office.get(f"{RATES}?{query}")
        assert (reply.status, reply.wheres()) == (400, ["by"]), query
    assert as_role("school").get(f"{RATES}?by=sex,month,school").status == 200


def test_the_threshold_is_the_policys(town, people, as_role):
    add_policy(town, people)
    for _ in range(12):
        graduate(town, people.consortium, people.school)
    office = as_role("office")
    assert not office.get(RATES).json["items"][0]["is_hidden"]
    path = f"/v1/consortia/{people.consortium}/policy"
    before = office.get(path).json
    assert before["small_group_least"] == 11
    body = {name: value for name, value in before.items()
            if name not in ("version", "valid_from", "created_at")}
    made = office.post(path, {**body, "small_group_least": 13})
    assert (made.status, made.json["small_group_least"]) == (201, 13), made
    for least in (1, 1001):
        refused = office.post(path, {**body, "small_group_least": least})
        assert refused.wheres() == ["#/small_group_least"]
    assert office.get(RATES).json["items"][0]["is_hidden"]


def test_a_whole_year_that_is_small_is_hidden(town, people, as_role):
    student = graduate(town, people.consortium, people.school)
    went(town, people.consortium, student, "46")
    office = as_role("office")
    for query in ("", "?by=year", "?year=2026", "?by=sex", "?by=school"):
        item = office.get(RATES + query).json["items"][0]
        assert (item["is_hidden"], item["graduates"], item["destinations"]) \
            == (True, None, None)
    assert office.get(f"{RATES}?school_id={new_id()}").status == 400
