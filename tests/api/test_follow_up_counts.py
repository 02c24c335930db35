"""The sums of follow-ups are a recount of the rows, whoever writes meanwhile,
and whenever they are put together."""

import random
from datetime import timedelta

from tests.api.followed import wrong_follow_ups
from tests.api.graduates import graduate
from tests.api.test_employment import change
from tests.api.test_follow_ups import STATISTICS, said
from tests.api.town import six_at_once
from tests.support.pg import of_what_is_here


def follow(dice, town, home, school, students):
    """Something that counts of follow-ups, or not."""
    kind = dice.choice(["else", "else", "answer", "answer", "answer", "say",
                        "move", "employer", "forget"])
    one, months = dice.choice(students), dice.choice([6, 12, 18, 24])
    if kind == "else":
        change(dice, town, home, school, students)
    elif kind == "answer":
        code = dice.choice(["10", "12", "76", "70", "80"])
        town.run("delete from follow_up where id = %s and months = %s", one,
                 months)
        said(town, home, one, months, code, own=dice.random() < 0.8,
             division_code=dice.choice([None, "330106", "310115"]),
             employer_name=dice.choice([None, "甲", "乙"]),
             is_aligned=dice.choice([None, True, False]))
    elif kind == "say":
        town.run("update follow_up set acknowledged_at = now(), is_aligned ="
                 " not is_aligned, actor = id where id = %s", one)
    elif kind == "move":
        town.run("update student set graduates_on = %s, actor = id where id ="
                 " %s", dice.choice(["2025-06-30", "2025-06-29", "2025-07-30",
                                     "2024-06-30", None]), one)
    elif kind == "employer":
        town.run("update graduate_destination set employer_name = %s, actor ="
                 " id where id = %s", dice.choice([None, "甲", "乙"]), one)
    else:
        town.run("delete from follow_up where id = %s and months = %s", one,
                 months)


def fold(town, most):
    return town.one("select fold_follow_up_counts(%s)", most)


def test_many_at_once_equal_a_recount(town, people, cluster, database,
                                      as_role):
    home = people.consortium
    students = [graduate(town, home, people.school, "2025-06-30")
                for _ in range(12)]

    def write(own, dice, _):
        mine = list(students)
        for _ in range(60):
            try:
                follow(dice, own, home, people.school, mine)
            except own.db.IntegrityError:   # another answered meanwhile
                pass
            if dice.random() < 0.1:
                fold(own, dice.choice([3, 500]))

    six_at_once(cluster, database, write)
    assert wrong_follow_ups(town, home) == 0
    school = as_role("school")
    asked = f"{STATISTICS}?by=specialty,year,sex,month"
    live = school.get(asked).json["items"]
    assert any(item["answered"] for item in live)
    while fold(town, 500):
        pass
    assert wrong_follow_ups(town, home) == 0
    assert school.get(asked).json["items"] == live


def test_what_is_there_already_is_counted(town, people):
    """As the migration does it in a database that has graduates."""
    home, dice = people.consortium, random.Random(5)
    students = [graduate(town, home, people.school, "2025-06-30")
                for _ in range(12)]
    for _ in range(150):
        follow(dice, town, home, people.school, students)
    for table in ("fact", "count", "sum"):
        town.run(f"delete from follow_up_{table}")
    assert wrong_follow_ups(town, home) > 0
    town.run(of_what_is_here("follow_up_sums"))
    assert town.one("select count(*) from follow_up_sum") > 0
    assert wrong_follow_ups(town, home) == 0


def test_the_last_day_that_is_due(town):
    """Every day of five years, a leap year among them."""
    assert town.run(
        "select t::date, m, follow_up_last_day(t::date, m)"
        " from generate_series(date '2026-01-01', '2030-12-31', '1 day') t"
        " cross join unnest(array[6, 12, 18, 24]) m"
        " where follow_up_due_on(follow_up_last_day(t::date, m), m) > t::date"
        " or follow_up_due_on(follow_up_last_day(t::date, m) + 1, m)"
        " <= t::date") == []


def test_one_day_more_or_less(town, people, as_role):
    """To the school each is there from his own day on."""
    home, school = people.consortium, as_role("school")
    last = town.one("select follow_up_last_day(today_in_china(), 6)")
    one = graduate(town, home, people.school, last + timedelta(days=1))
    fold(town, 500)
    assert school.get(STATISTICS).json["items"] == []
    town.run("update student set graduates_on = %s, actor = id where id = %s",
             last, one)
    items = school.get(STATISTICS).json["items"]
    assert [(item["months"], item["graduates"]) for item in items] == [(6, 1)]
    assert wrong_follow_ups(town, home) == 0
