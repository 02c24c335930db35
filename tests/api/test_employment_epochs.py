"""Epochs of the employment counts: what is told of a moment is what the facts
say, whenever the epochs end and whoever writes meanwhile."""

import random

import pytest

from tests.api.graduates import RATES, graduate, went, wrong_at
from tests.api.test_employment import change, moment
from tests.api.town import Town, six_at_once


def step(town, changes, times=1):
    for _ in range(times):
        town.run("select end_graduate_epochs(1, %s)", changes)


def epochs(town, consortium):
    return town.one("select count(*) from graduate_epoch where"
                    " consortium_id = %s", consortium)


def test_what_was_told_stays_when_epochs_end(town, people, as_role):
    school, home, dice = as_role("school"), people.consortium, random.Random(3)
    told, students = [], []

    def ask(by, at=""):
        return school.get(f"{RATES}?by={by}{at}").json["items"]

    for _ in range(40):
        change(dice, town, home, people.school, students)
        step(town, dice.choice([1, 3, 8]), 3)
        told.append((moment(town), ask("specialty,year"), ask("sex,month")))
    assert epochs(town, home) > 5
    for at, by_specialty, by_sex in told:
        assert ask("specialty,year", f"&as_of={at}") == by_specialty
        assert ask("sex,month", f"&as_of={at}") == by_sex


def test_epochs_end_while_many_write(town, people, cluster, database):
    home = people.consortium
    students = [graduate(town, home, people.school) for _ in range(12)]
    moments = []

    def write(own, dice, number):
        mine = list(students)
        for _ in range(50):
            change(dice, own, home, people.school, mine)
            if number < 2:
                step(own, dice.choice([2, 7]))
                moments.append(moment(own))

    six_at_once(cluster, database, write)
    step(town, 5, 100)
    assert epochs(town, home) > 10
    for at in random.Random(1).sample(moments, 15) + [moment(town)]:
        assert wrong_at(town, home, at) == 0


def test_an_epoch_waits_for_who_still_writes(town, people, cluster, database):
    """What is stamped but not committed yet is in no epoch that has ended."""
    home, slow = people.consortium, Town(cluster.dsn(database))
    first = graduate(town, home, people.school)
    step(town, 1, 10)
    assert epochs(town, home) == 1
    slow.db.autocommit = False
    went(slow, home, first, "80")
    late = moment(town)
    graduate(town, home, people.school)
    step(town, 1, 10)
    assert epochs(town, home) == 1
    slow.db.commit()
    slow.close()
    step(town, 1, 20)
    assert epochs(town, home) > 1
    assert wrong_at(town, home, late) == 0
    assert wrong_at(town, home, moment(town)) == 0


@pytest.mark.parametrize("hours", [2, -2])
def test_a_clock_that_jumps(town, people, hours):
    """Nothing is stamped with a time at which an epoch may have ended."""
    home = people.consortium
    student = graduate(town, home, people.school)
    step(town, 1, 10)
    town.run("update graduate_fence set asked_at = asked_at + %s *"
             " interval '1 hour', fence = null where consortium_id = %s",
             hours, home)
    went(town, home, student, "80")
    assert town.one("select min(f.from_at) > min(w.asked_at) from"
                    " graduate_fact f, graduate_fence w where f.to_at ="
                    " 'infinity' and f.student_id = %s and w.consortium_id ="
                    " %s", student, home)


def test_a_number_of_another_cluster_is_given_up(town, people):
    """As in a database that was restored."""
    home = people.consortium
    graduate(town, home, people.school)
    step(town, 1)
    town.run("update graduate_fence set fence = '999999999999' where"
             " consortium_id = %s", home)
    step(town, 1, 10)
    assert epochs(town, home) == 1
    assert wrong_at(town, home, moment(town)) == 0


def test_a_worker_ends_them(town, people):
    """The statement of its chore, which wants many changes."""
    home = people.consortium
    graduate(town, home, people.school)
    step(town, 4096, 10)
    assert epochs(town, home) == 0
