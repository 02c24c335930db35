"""A consortium of which everything that the report counts is known.

Fixture to import, beside hall and ward: reported.
"""

import datetime
import json
import random

import pytest

from tests.api.firm import Firm
from tests.api.graduates import graduate, went
from tests.api.placed import day
from tests.api.test_complaints import answer, complain
from tests.api.test_demand import WANTED, put as put_demand
from tests.api.test_employment import BY_HAND
from tests.api.test_quadrant import went as all_went
from tests.api.told import Told, instance_of
from tests.api.town import SERVICE, new_id

INDICATORS = "/v1/statistics/indicators"
REPORT = "/v1/statistics/report"
YEAR = int(day(0)[:4])


def indicators(client, query="", lang="en"):
    """By id, all of them."""
    reply = client.get(f"{INDICATORS}?limit=200&{query}",
                       headers={"Accept-Language": lang})
    assert reply.status == 200, reply
    return {item["id"]: item for item in reply.json["items"]}


def backdate(town, statement, *values):
    """Behind the triggers' backs."""
    town.run("set session_replication_role = replica")
    town.run(statement, *values)
    town.run("set session_replication_role = default")


# Of an entry of the three lists, as far as the report shows it.
MEASURES = {"placed": {"value": -310, "rate": 8520, "mean": 8830},
            "study": {"value": 205, "rate": 2000, "mean": 1795},
            "aligned": {"value": None, "rate": None, "mean": None},
            "demand": {"value": 1239, "rate": None, "mean": None}}


class Reported:
    """What test_indicators.py says by hand is made here."""

    def __init__(self, ward):
        self.ward, self.hall = ward, ward.hall
        self.town, self.people = ward.town, ward.people
        self.consortium = self.people.consortium

    def published(self, minutes, school=None, at=None, **changes):
        """Published so many minutes after it was drafted."""
        made = self.hall.firm.open(school, **changes)["id"]
        backdate(self.town, "update posting set first_published_at ="
                 " coalesce(%s,"
                 " first_published_at), created_at ="
                 " coalesce(%s, first_published_at) -"
                 " %s * interval '1 minute' - interval '1 second'"
                 " where id = %s", at, at, minutes, made)
        return made

    def began(self, posting, on, specialty="660301", **student):
        """An internship that began, without any agreement; 11 days long, that
        is over by today if it began before."""
        who = self.town.student(self.consortium, self.people.school,
                                specialty)
        for name, value in student.items():
            backdate(self.town, f"update student set {name} = %s"
                     " where id = %s", value, who)
        made = new_id()
        title = None if posting else "车间见习"
        backdate(
            self.town,
            "insert into placement (consortium_id, id, origin, title,"
            " posting_id, student_id, enterprise_id, period_start,"
            " period_end, state, started_on, approved_at) values (%s, %s, %s,"
            " %s, %s, %s, %s, %s, %s::date + 10, 'started', %s, now())",
            self.consortium, made, "school" if posting else "self_found",
            title, posting, who, self.people.enterprise, on, on, on)
        self.town.run("select internship_begun(p) from placement p"
                      " where id = %s", made)
        return made

    def cohort(self, year, rows=BY_HAND, nothing=1, school=None):
        for code, more in [*rows, *[(None, {})] * nothing]:
            student = graduate(self.town, self.consortium,
                               school or self.people.school, f"{year}-06-30")
            if code:
                went(self.town, self.consortium, student, code, **more)

    def fill(self):
        self.postings()
        self.internships()
        self.cohort(YEAR)
        self.cohort(YEAR - 1, BY_HAND[:12], 0)
        self.complaints()
        put_demand(self.hall.firm, WANTED, year=YEAR)
        doubted = self.hall.firm.add(description="质检；体检费自理",
                                     openings=1, kind="job",
                                     period_start=..., period_end=...)
        reply = self.hall.enterprise.post(
            f"/v1/postings/{doubted['id']}/publish", {
                "closes_at": "2099-01-01T00:00:00Z", "reasons": [
                    {"rule": "fees-doubt", "reason": "凭票报销"}]})
        assert reply.status == 200, reply
        self.round()
        self.editions()
        return self

    def postings(self):
        """Five this year, one the year before, one a draft."""
        self.lathe = self.published(60, targets=["660301"], openings=4)
        self.wide = self.published(180, targets=["6603"], openings=6)
        self.published(1500, kind="job", targets=["660301"], openings=10)
        self.published(
            0, self.hall.school, kind="order_class", targets=["660301"],
            openings=30)
        self.published(
            0, self.hall.school, kind="apprenticeship", targets=["660301"],
            openings=8)
        self.old = self.published(
            30, targets=["660103"], openings=2,
            at=f"{YEAR - 1}-01-01T00:30:00+08:00")
        self.hall.firm.add()

    def internships(self):
        """One lawful through the API, on a posting for the specialty."""
        self.lawful = self.ward.signed(self.ward.accepted(openings=3))
        assert self.ward.start(self.lawful).status == 200
        start = f"{YEAR}-01-01"
        self.began(self.wide, start)                    # its class
        self.began(self.lathe, start, "460301")         # at another level
        self.began(self.old, start)                     # its category
        self.began(self.lathe, start, "710101")         # none of these
        self.began(None, start)                         # found himself
        self.began(self.lathe, f"{YEAR - 1}-01-01")
        self.young = self.began(self.lathe, start,
                                birth_date=f"{YEAR - 16}-01-02")
        self.first = self.began(self.lathe, start, entry_year=YEAR - 1)

    def complaints(self):
        made = [complain(self.hall).json["id"] for _ in range(3)]
        assert answer(self.hall.office, made[0]).status == 200
        backdate(self.town, "update complaint set created_at = %s where id ="
                 " %s", f"{YEAR - 1}-01-01T00:00:00+08:00", made[2])

    def round(self):
        student = self.town.student(self.consortium, self.people.school)
        Told(self.town, self.consortium, instance_of(
            self.people.enterprise, {self.lathe: 1},
            {student: [self.lathe]})).publish()

    def edition(self, published_at, outcomes):
        """{(specialty, is of all schools): what the rule found, or that and
        what was decided}; returns its id and those of its entries."""
        made, ids = new_id(), {key: str(new_id()) for key in outcomes}
        self.town.run(
            "select make_specialty_list(%s, %s, '专业清单', %s, null, '{}', %s,"
            " null)", self.consortium, made, YEAR - 1, json.dumps([
                {"id": ids[key], "specialty": key[0], "level": "secondary",
                 "school_id": None if key[1] else str(self.people.school),
                 "outcome": found.split()[0], "is_hidden": False,
                 "is_stable": True, "with_more": found.split()[0],
                 "cohorts": 3, "graduates": 90,
                 "evidence": {"measures": MEASURES},
                 "own_evidence": None if key[1] else {}}
                for key, found in outcomes.items()]))
        for key, found in outcomes.items():
            if " " in found:
                backdate(self.town, "update specialty_entry set"
                         " decided_outcome = %s, decided_why = '新建实训基地',"
                         " decided_at = now(), decided_by = %s where id = %s",
                         found.split()[1], SERVICE, ids[key])
        backdate(self.town, "update specialty_list set state = %s,"
                 " comments_by = now(), published_at = %s where id = %s",
                 "published" if published_at else "comment", published_at,
                 made)
        return made, ids

    def said(self, made, entry, state, asks="none"):
        backdate(self.town, "insert into specialty_appeal (consortium_id, id,"
                 " list_id, entry_id, school_id, asks, text, answer, state)"
                 " values (%s, %s, %s, %s, %s, %s, '明年投产', %s, %s)",
                 self.consortium, new_id(), made, entry, self.people.school,
                 asks, None if state in ("open", "withdrawn") else "已核对",
                 state)

    def editions(self):
        """One of the year before, one of today, and one that is not there
        yet."""
        self.edition(f"{YEAR - 1}-01-01T00:30:00+08:00", {
            ("660301", True): "strengthen", ("660302", True): "restrict",
            ("610101", True): "upgrade", ("610102", True): "none"})
        self.list, ids = self.edition(datetime.datetime.now().astimezone(), {
            ("660301", True): "strengthen",
            ("660301", False): "upgrade none",
            ("660302", True): "restrict upgrade", ("610101", True): "none",
            ("510101", True): "too-few", ("510102", True): "restrict"})
        self.said(self.list, ids["660302", True], "upheld", "upgrade")
        self.said(self.list, ids["510102", True], "refused")
        self.said(self.list, ids["510102", True], "withdrawn")
        self.said(self.list, ids["660301", True], "upheld", None)
        draft, ids = self.edition(None, {("660301", True): "restrict"})
        self.said(draft, ids["660301", True], "open")

    def second_firm(self, staff=40, interns=1):
        """Another enterprise, with interns today."""
        made = self.town.enterprise(self.consortium, staff)
        for _ in range(interns):
            who = self.town.student(self.consortium, self.people.school)
            backdate(
                self.town,
                "insert into placement (consortium_id, id, origin, title,"
                " student_id, enterprise_id, period_start, period_end, state)"
                " values (%s, %s, 'self_found', '见习', %s, %s, %s, %s,"
                " 'accepted')", self.consortium, new_id(), who, made, day(0),
                day(30))
        return made


@pytest.fixture
def reported(ward):
    return Reported(ward).fill()


def many_specialties(town, people):
    """Thirty of a level with graduates, one too small to be shown."""
    dice = random.Random(4)
    codes = [code for code, in town.run(
        "select code from specialty where level = 'secondary' and is_current"
        " order by code limit 30")]
    for code in codes[1:]:
        counts = {"10": dice.randint(5, 40), "80": dice.randint(0, 30),
                  "70": dice.randint(0, 9)}
        if sum(counts.values()) >= 11:
            all_went(town, people.consortium, people.school, code, counts)
    all_went(town, people.consortium, people.school, codes[0], {"80": 3})
    all_went(town, people.consortium, people.school, "510101", {"10": 20})


def suspended(town, enterprise, at):
    """Verified until then, as the events have it."""
    town.run("update enterprise set state = 'suspended', reason = 'x', actor ="
             " %s where id = %s", SERVICE, enterprise)
    backdate(town, "update event set at = %s where subject_id = %s and"
             " to_state = 'suspended'", at, enterprise)


def firm_of(server, town, people, enterprise):
    account = town.account(people.consortium, "enterprise", enterprise)
    return Firm(server.client(town.token(people.consortium, account)),
                enterprise)


def a_year_before(text):
    date = datetime.date.fromisoformat(text)
    if (date.month, date.day) == (2, 29):
        date = date.replace(day=28)
    return str(date.replace(year=date.year - 1))
