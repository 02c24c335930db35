"""A consortium of 300,000 graduates of ten years, as years of use leave it: each
was entered when he came, declared, was verified, and some corrected later.

Rows are loaded as they would stand, with the triggers off; what the program
itself makes of them (sums, epochs) it makes by its own functions.
"""

import pathlib
import random

from tests.api.town import new_id, uscc
from tests.support.pg import of_what_is_here

HERE = pathlib.Path(__file__).resolve().parent
SCHOOLS = 40
YEARS = 10              # cohorts that have graduated
COMING = 2              # and that will: students
DISTRICTS = ("330102", "330105", "330106", "330108", "330109", "330110",
             "330111", "330112", "330113", "330114")
ENTERPRISES = 3000


def statements(name):
    text = (HERE / f"{name}.sql").read_text(encoding="utf-8")
    return [part for part in text.split(";\n") if part.strip()]


class City:
    """`town` is empty but for the reference lists; graduates of all years that
    have graduated, together."""

    def __init__(self, town, graduates):
        self.town, self.dice = town, random.Random(7)
        self.people = town.people()
        self.home = self.people.consortium
        self.year = town.one("select extract(year from now())::integer")
        town.run("set session_replication_role = replica")
        town.run("insert into policy (consortium_id, version, valid_from)"
                 " values (%s, 1, '2016-01-01Z')", self.home)
        self.schools = [self.add_school(n) for n in range(SCHOOLS)]
        self.add_programs(graduates // YEARS)
        self.add_enterprises()
        town.run("select setseed(0.42)")
        self.run("city")
        self.run("follow_ups")
        for sums in ("follow_up_sums", "guided_sums"):
            town.run(of_what_is_here(sums))
        town.run("set session_replication_role = default")
        self.run("demand")
        town.run("vacuum analyze")

    def run(self, name):
        for statement in statements(name):
            self.town.run(statement.replace("%", "%%").replace("$home", "%s"),
                          *[self.home] * statement.count("$home"))

    def a_student(self):
        """One of the largest specialty of the largest school."""
        return self.town.one(
            "select (array_agg(id order by id))[1] from student"
            " where school_id = %s and state = 'active'"
            " group by specialty_code order by count(*) desc limit 1",
            self.schools[0])

    def add_school(self, n):
        made = new_id()
        self.town.run(
            "insert into school (consortium_id, id, code, name,"
            " division_code, kind) values (%s, %s, %s, %s, %s, %s)",
            self.home, made, f"{9 * 10 ** 9 + n}", f"湖城第{n}学校",
            DISTRICTS[n % len(DISTRICTS)],
            "associate" if n % 4 == 0 else "secondary")
        return made

    def add_programs(self, a_year):
        """What each school teaches, and how many finish it in a year: large
        and small schools, large and small specialties."""
        taught = {level: [row[0] for row in self.town.run(
            "select code from specialty where level = %s and is_current"
            " order by code", level)] for level in ("associate", "secondary")}
        drawn = []
        for n, school in enumerate(self.schools):
            codes = taught["associate" if n % 4 == 0 else "secondary"]
            size = 1 / (n // 4 + 2)
            for place, code in enumerate(self.dice.sample(codes, 20 + n % 9)):
                drawn.append((school, code, size / (place + 2)))
        whole = sum(weight for _, _, weight in drawn)
        self.town.run("create temporary table program (school_id uuid,"
                      " specialty_code text, a_year integer)")
        with self.town.db.cursor() as cursor:
            cursor.executemany(
                "insert into program values (%s, %s, %s)",
                [(school, code, max(1, round(a_year * weight / whole)))
                 for school, code, weight in drawn])

    def add_enterprises(self):
        with self.town.db.cursor() as cursor:
            cursor.executemany(
                "insert into enterprise (consortium_id, id, uscc, name,"
                " industry_code, division_code, staff_count,"
                " staff_counted_on, state) values (%s, %s, %s, %s, '3985',"
                " %s, %s, '2026-01-01', 'verified')",
                [(self.home, new_id(), uscc(10 ** 6 + n), f"企业{n}",
                  DISTRICTS[n % len(DISTRICTS)], 20 + n * 37 % 900)
                 for n in range(ENTERPRISES)])
