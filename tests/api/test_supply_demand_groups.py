"""Small groups stay unknown in supply and demand: everything that the office may
ask of random cohorts is asked, and linear programming tries what it tells of
what is hidden.

How many study what is no secret, so the attacker knows the size of every part;
of those who work, and of the seats that were taken, he knows what is shown.
"""

import itertools
import random

import numpy
import pytest
from scipy.optimize import linprog

from tests.api.asked import SUPPLY, took
from tests.api.test_small_groups import DISTRICTS, LEAST, SPECIALTIES, YEARS


class Cohorts:
    """Random people of a consortium, and its office."""

    def __init__(self, town, people, client, dice):
        self.client = client
        home = people.consortium
        self.schools = [str(people.school)] + [
            str(town.school(home)) for _ in range(3)]
        for at, school in enumerate(self.schools):
            town.run("update school set division_code = %s, actor = id"
                     " where id = %s", DISTRICTS[at % 2], school)
        self.atoms, self.seats = {}, {}
        for atom in itertools.product(YEARS, self.schools, SPECIALTIES):
            year, school, specialty = atom
            if dice.random() < 0.5:
                self.grow(town, home, atom, dice)
            if dice.random() < 0.4:
                self.seats[atom] = dice.choice([1, 2, 3, 5, 8, 11, 12, 30])
                took(town, home, school, specialty, year, self.seats[atom])

    def grow(self, town, home, atom, dice):
        """Some work and some do not, so that no part says it of all."""
        year, school, specialty = atom
        count = dice.choice([2, 3, 5, 8, 10, 11, 12, 15, 40])
        employed = dice.randint(1, count - 1)
        local = dice.randint(0, employed)
        self.atoms[atom] = (count, employed, local)
        for code, place, n in (("11", 3, local), ("11", 1, employed - local),
                               ("70", 0, count - employed)):
            town.run("insert into graduate_count values (%s, %s, %s, 6, %s,"
                     " 'female', %s, 1, %s, 0, 0, %s)", home, school, year,
                     specialty, code, place, n)

    def district(self, school):
        return DISTRICTS[self.schools.index(school) % 2]

    def queries(self):
        filters = [{}]
        filters += [{"school_id": one} for one in self.schools]
        filters += [{"division_code": one} for one in DISTRICTS]
        filters += [{"level": one} for one in ("secondary", "associate")]
        filters += [{"specialty": one[:digits]} for one in SPECIALTIES
                    for digits in (2, 4, 6)]
        filters += [{**one, "level": "secondary"} for one in filters]
        filters += [{**one, "year": 2026} for one in filters]
        for place, of in itertools.product(
                ((), ("district",), ("level",), ("district", "level")),
                ("", "specialty", "class", "category")):
            by = ",".join(["year", *place, *filter(None, (of,))])
            for one in filters:
                yield {**one, "by": by}

    def members(self, atoms, item, query):
        def fits(atom):
            year, school, specialty = atom
            level = "associate" if specialty.startswith("5") else "secondary"
            return (item["year"] == year
                    and specialty.startswith(item["specialty"] or "")
                    and (item["level"] or level) == level
                    and (item["division_code"] or self.district(school))
                    == self.district(school)
                    and query.get("school_id", school) == school
                    and specialty.startswith(query.get("specialty", ""))
                    and query.get("level", level) == level
                    and query.get("division_code", self.district(school))
                    == self.district(school))
        return frozenset(atom for atom in atoms if fits(atom))

    def look(self, query):
        """Of cohorts and of seats: {atoms: what is shown, or None}"""
        reply = self.client.get(SUPPLY + "?" + "&".join(
            f"{name}={value}" for name, value in query.items()))
        assert reply.status == 200, reply
        assert reply.json["is_whole"] is False
        cohorts, seats = {}, {}
        for item in reply.json["items"]:
            group = self.members(self.atoms, item, query)
            assert item["is_hidden"] == (item["outcomes"] is None)
            assert item["is_filled_hidden"] == (item["filled"] is None)
            assert item["students"] == sum(self.atoms[atom][0]
                                           for atom in group)
            cohorts[group] = None if item["is_hidden"] else (
                item["outcomes"]["employed"], item["outcomes"]["local"])
            taken = self.members(self.seats, item, query)
            seats[taken] = None if item["is_filled_hidden"] \
                else item["filled"]["seats"]
        return cohorts, seats


def widths(bounds, shown, hidden):
    """How near the attack comes to each hidden sum of atoms.

    bounds: of each atom; shown: sums of atoms that are known
    """
    place = {atom: at for at, atom in enumerate(bounds)}
    left = numpy.zeros((len(shown), len(bounds)))
    for row, group in enumerate(shown):
        left[row, [place[atom] for atom in group]] = 1
    right = numpy.array(list(shown.values()), float)
    for group in hidden:
        goal = numpy.zeros(len(bounds))
        goal[[place[atom] for atom in group]] = 1
        ends = []
        for sign in (1, -1):
            found = linprog(sign * goal, A_eq=left, b_eq=right,
                            bounds=list(bounds.values()), method="highs")
            assert found.status in (0, 3), found.message
            ends.append(sign * found.fun if found.status == 0
                        else float("inf"))
        yield ends[1] - ends[0]


def gathered(cohorts, dice):
    """What many questions show: {atoms: ...} of cohorts and of seats, the same
    however it is asked for."""
    everything = list(cohorts.queries())
    seen = ({}, {})
    for query in [{"by": "year"}, {"by": "year,specialty"},
                  {"by": "year,class"}, {"by": "year,district,specialty"},
                  *dice.sample(everything, 160)]:
        for known, told in zip(seen, cohorts.look(query)):
            for group, shown in told.items():
                assert known.setdefault(group, shown) == shown, query
    for known in seen:
        known.pop(frozenset(), None)
    return seen


@pytest.mark.parametrize("seed", range(4))
def test_no_subtraction_tells_of_a_small_group(town, people, as_role, seed,
                                               capsys):
    dice = random.Random(seed)
    cohorts = Cohorts(town, people, as_role("office"), dice)
    people_seen, seats_seen = gathered(cohorts, dice)
    for group, shown in people_seen.items():
        sums = tuple(sum(cohorts.atoms[atom][at] for atom in group)
                     for at in range(3))
        assert shown is None or (shown == sums[1:] and sums[0] >= LEAST)
    for group, shown in seats_seen.items():
        count = sum(cohorts.seats[atom] for atom in group)
        assert shown is None or shown == count >= LEAST
    hidden = [group for group, shown in people_seen.items() if shown is None]
    known = {group: shown[0] for group, shown in people_seen.items() if shown}
    sizes = {atom: (0, count) for atom, (count, _, _) in
             cohorts.atoms.items()}
    width = min(widths(sizes, known, hidden))
    small = [group for group in people_seen
             if sum(cohorts.atoms[atom][0] for atom in group) < LEAST]
    plain = {group: sum(cohorts.atoms[atom][1] for atom in group)
             for group in people_seen if group not in small}
    before = min(widths(sizes, plain, small))
    taken_hidden = [group for group, shown in seats_seen.items()
                    if shown is None]
    taken = {group: shown for group, shown in seats_seen.items() if shown}
    some = {atom: (1, None) for atom in cohorts.seats}
    taken_width = min(widths(some, taken, taken_hidden))
    with capsys.disabled():
        print(f"\n{len(known)} cohorts shown, {len(hidden)} hidden: bounded"
              f" within {width:g} who work, hiding small ones alone within"
              f" {before:g}; {len(taken)} groups of seats shown,"
              f" {len(taken_hidden)} hidden: within {taken_width:g}")
    assert known and taken
    assert width >= 1
    assert before < 1
    assert taken_width >= LEAST - 1


def test_the_school_itself_sees_its_small_groups(town, people, as_role):
    took(town, people.consortium, people.school, "660301", count=2)
    town.run("insert into graduate_count values (%s, %s, 2026, 6, '660301',"
             " 'female', '11', 1, 3, 0, 0, 3)", people.consortium,
             people.school)
    path = f"{SUPPLY}?year=2026&by=specialty"
    mine = as_role("school").get(path).json
    assert mine["is_whole"]
    assert (mine["items"][0]["outcomes"]["local"],
            mine["items"][0]["filled"]["seats"]) == (3, 2)
    item = as_role("office").get(path).json["items"][0]
    assert (item["students"], item["outcomes"], item["filled"]) \
        == (3, None, None)
