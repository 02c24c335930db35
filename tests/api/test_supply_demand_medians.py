"""Medians of supply and demand: what postings that name a class of which
nothing is left pay, and random ones."""

import random

import pytest

from tests.api.asked import ask, asked, took
from tests.api.graduates import graduate
from tests.api.medians import hold_medians

CODES = ["66", "6603", "6602", "660301", "660302", "51", "5101", "510101"]


def add_random(town, people, dice):
    home, work = people.consortium, town.one(
        "select min(code) from occupation where is_current")
    for _ in range(40):
        pay = dice.randint(1, 30)
        asked(town, home, people.enterprise, openings=dice.randint(1, 9),
              on=f"202{dice.randint(5, 6)}-03-01", pay_min_fen=pay,
              pay_max_fen=pay, targets=dice.sample(CODES, dice.randint(0, 3)),
              division_code=dice.choice(["330105", "330106"]),
              occupation_code=dice.choice([None, work]))
        took(town, home, people.school, dice.choice(CODES[3:5]),
             year=dice.randint(2025, 2026), days=dice.randint(0, 9))


def fold(town):
    for counts in ("demand", "pay", "seat"):
        town.run(f"select fold_{counts}_counts(1000)")


@pytest.fixture
def nothing_left(town):
    """Of the classes 6603 and 6602."""
    gone = [code for code, in town.run(
        "update specialty set is_current = false where is_current"
        " and class_code in ('6603', '6602') returning code")]
    yield
    town.run("update specialty set is_current = true where code = any(%s)",
             gone)


@pytest.mark.parametrize("taught", [False, True])
def test_random_postings(town, people, as_role, taught):
    """Classes open to what is taught, or if none of it is to all."""
    if taught:
        graduate(town, people.consortium, people.school)
        graduate(town, people.consortium, people.school, specialty="510101")
    add_random(town, people, random.Random(taught))
    hold_medians(town, people.consortium, as_role("school"))
    fold(town)
    hold_medians(town, people.consortium, as_role("school"))


def test_classes_of_which_nothing_is_left(town, people, as_role, nothing_left):
    home, school = people.consortium, as_role("school")
    for pay, targets in ((1, ["6603"]), (2, ["6603", "6602"]),
                         (3, ["6602", "660301"]), (4, ["6603", "510101"])):
        asked(town, home, people.enterprise, targets=targets, pay_min_fen=pay,
              pay_max_fen=pay)
    for _ in range(2):
        paid = {item["specialty"]: item["pay"] and (
            item["pay"]["postings"], item["pay"]["median_fen"])
            for item in ask(school, by="class", year=2026)}
        # in 6603 but what names a specialty; the others name nothing
        assert paid == {"6603": (1, 3), "5101": (1, 4), None: (4, 2)}
        fold(town)
    add_random(town, people, random.Random(3))
    hold_medians(town, home, school)
    fold(town)
    hold_medians(town, home, school)
