"""The sums that guidance is read from are a recount of the rows, whoever writes
meanwhile, and whenever they are put together."""

import random

from tests.api.graduates import graduate
from tests.api.guided import wrong_guided
from tests.api.test_employment import change
from tests.api.town import six_at_once
from tests.support.pg import of_what_is_here


def guide(dice, town, home, school, students):
    """Something that counts in guidance, or not."""
    kind = dice.choice(["else", "else", "pay", "industry", "occupation"])
    if kind == "else":
        change(dice, town, home, school, students)
        return
    column, words = {
        "pay": ("pay_band", [None, "below_2000", "from_10000"]),
        "industry": ("industry_code", [None, "3411", "P"]),
        "occupation": ("occupation_code", [None, "6-18-01-01"])}[kind]
    town.run(f"update graduate_destination set {column} = %s, actor = id"
             " where id = %s", dice.choice(words), dice.choice(students))


def fold(town, most):
    return town.one("select fold_guided_counts(%s)", most)


def test_many_at_once_equal_a_recount(town, people, cluster, database):
    home = people.consortium
    students = [graduate(town, home, people.school, "2025-06-30")
                for _ in range(12)]

    def write(own, dice, _):
        mine = list(students)
        for _ in range(60):
            guide(dice, own, home, people.school, mine)
            if dice.random() < 0.1:
                fold(own, dice.choice([3, 500]))

    six_at_once(cluster, database, write)
    assert wrong_guided(town, home) == 0
    while fold(town, 500):
        pass
    assert wrong_guided(town, home) == 0
    assert town.one("select count(distinct cut) from guided_sum where"
                    " consortium_id = %s and n > 0", home) == 5


def test_what_is_there_already_is_counted(town, people):
    """As the migration does it in a database that has graduates."""
    home, dice = people.consortium, random.Random(5)
    students = [graduate(town, home, people.school, "2025-06-30")
                for _ in range(12)]
    for _ in range(150):
        guide(dice, town, home, people.school, students)
    for table in ("fact", "count", "sum"):
        town.run(f"delete from guided_{table}")
    assert wrong_guided(town, home) > 0
    town.run(of_what_is_here("guided_sums"))
    assert town.one("select count(*) from guided_sum") > 0
    assert wrong_guided(town, home) == 0
