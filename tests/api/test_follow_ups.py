"""Where graduates are 6, 12, 18 and 24 months later: due by the calendar alone,
said by the graduate, seen by the school; and what of it is counted and shown."""

import datetime
import itertools
import random

import pytest

from tests.api.graduates import SHA, graduate, went
from tests.api.hall import hall, other_student
from tests.api.placed import CHINA, broken, refused
from tests.api.test_employment import rate
from tests.api.test_small_groups import narrowest
from tests.api.town import new_id, uscc

__all__ = ["hall", "other_student"]         # fixtures
LIST = "/v1/follow-ups"
STATISTICS = "/v1/statistics/follow-ups"
JOB = {"code": "11", "employer_name": "湖城厂", "division_code": "330106"}
TODAY = datetime.datetime.now(CHINA).date()


def before(months, days=0):
    """The day so many months before today; days more."""
    at = TODAY.year * 12 + TODAY.month - 1 - months
    return datetime.date(at // 12, at % 12 + 1, min(TODAY.day, 28)) \
        - datetime.timedelta(days=days)


class Follower:
    """One graduate, so many days after the first one is due."""

    def __init__(self, hall, days=10, student=None):
        self.hall, self.town = hall, hall.town
        self.student = student or hall.people.student
        self.town.run("update student set graduates_on = %s, actor = id where"
                      " id = %s", before(6, days), self.student)

    def path(self, months=6):
        return f"/v1/students/{self.student}/follow-ups/{months}"

    def get(self, client=None, months=6):
        return (client or self.hall.school).get(self.path(months))

    def version(self, version, months=6):
        if version is None:
            version = self.get(months=months).json["version"]
        return {"If-Match": f'"v{version}"'}

    def put(self, client=None, version=None, months=6, **body):
        return (client or self.hall.student).put(
            self.path(months), {**JOB, **body},
            headers=self.version(version, months))

    def verify(self, client=None, version=None):
        return (client or self.hall.school).post(
            self.path() + "/verify", headers=self.version(version))


@pytest.fixture
def later(hall):
    return Follower(hall)


def test_the_calendar_alone_makes_one_due(town):
    def status(due, day, there=False, said=False):
        return town.one("select follow_up_status(%s, %s, %s, %s)", due, there,
                        said, day)

    due = datetime.date(2027, 1, 31)
    for day, wanted in (("2027-01-30", "coming"), ("2027-01-31", "due"),
                        ("2027-03-30", "due"), ("2027-03-31", "overdue"),
                        ("2027-07-30", "overdue"), ("2027-07-31", "missed")):
        assert status(due, day) == wanted
    assert status(due, "2029-01-01", True) == "entered"
    assert status(due, "2029-01-01", True, True) == "answered"
    for first, months, day in (("2026-08-31", 6, "2027-02-28"),
                               ("2026-06-30", 18, "2027-12-30"),
                               ("2024-02-29", 12, "2025-02-28")):
        assert str(town.one("select follow_up_due_on(%s, %s)", first,
                            months)) == day


def test_the_graduate_says_where_he_is(later, hall):
    empty = later.get(hall.student).json
    assert (empty["version"], empty["status"], empty["evidence_level"]) \
        == (0, "due", None)
    reply = later.put(pay_band="below_8000", is_aligned=True,
                      occupation_code="6-18-01-01", industry_code="34")
    assert (reply.status, reply.json["status"]) == (200, "answered"), reply
    assert reply.json["acknowledged_at"] and reply.headers["etag"] == '"v1"'
    assert later.put(pay_band="below_8000", is_aligned=True,
                     occupation_code="6-18-01-01",
                     industry_code="34").json == reply.json
    assert later.put(pay_band="from_10000").json["version"] == 2
    assert later.put(version=1).status == 412
    assert hall.student.put(later.path(), JOB).status == 428
    assert hall.student.get(later.path(), headers={
        "If-None-Match": '"v2"'}).status == 304
    data = hall.student.get(f"/v1/students/{later.student}/data").json["data"]
    assert [one["months"] for one in data["follow_ups"]] == [6]
    for months in (0, 5, 7, 30, "x"):
        assert later.get(months=months).status == 404


def test_there_are_four_and_none_between(hall):
    for path in (LIST, STATISTICS):
        for months in (6, 12, 18, 24):
            assert hall.school.get(f"{path}?months={months}").status == 200
        for months in (5, 7, 30, "x", ""):
            reply = hall.school.get(f"{path}?months={months}")
            assert reply.status == 400 and reply.wheres() == ["months"], \
                (path, months, reply)


def test_not_before_its_day_and_not_after_the_next(hall):
    for days, wanted in ((-5, 409), (2, 200), (170, 200), (200, 409)):
        later = Follower(hall, days)
        hall.town.run("delete from follow_up where id = %s", later.student)
        reply = later.put(version=0)
        assert reply.status == wanted, (days, reply)
    later = Follower(hall, 200)
    statuses = {one["months"]: one["status"] for one in hall.student.get(
        f"{LIST}?student_id={later.student}").json["items"]}
    assert statuses == {6: "missed", 12: "due", 18: "coming", 24: "coming"}
    assert later.put(months=12).status == 200
    hall.town.run("update student set graduates_on = null, actor = id where"
                  " id = %s", later.student)
    assert later.get().status == 404
    refused(later.put(version=0))


def test_the_school_enters_and_sees(later, hall):
    proof = {"evidence_kind": "labour_contract", "evidence_sha256": SHA}
    assert later.verify(version=0).status == 404
    reply = later.put(hall.school, **proof)
    assert (reply.json["status"], reply.json["acknowledged_at"]) \
        == ("entered", None)
    broken(later.verify(), "destination-own")
    assert later.put(**proof).json["status"] == "answered"
    assert later.verify(version=1).status == 412
    reply = later.verify()
    assert (reply.status, reply.json["evidence_level"]) == (200, "document")
    refused(later.verify())
    # what is changed is to be seen anew; by the school, to be said anew
    reply = later.put(pay_band="below_4000", **proof)
    assert (reply.json["verified_at"], reply.json["evidence_level"]) \
        == (None, "declared")
    reply = later.put(hall.school, **JOB)
    assert reply.json["status"] == "entered"
    later.put()
    broken(later.verify(), "destination-evidence")
    later.put(evidence_kind="insurance_record", evidence_sha256=SHA)
    assert later.verify().json["evidence_level"] == "insurance_record"
    none = {name: None for name in JOB}
    later.put(**{**none, "code": "70"})
    assert later.verify().json["evidence_level"] == "declared"


@pytest.mark.parametrize("changes, where", [
    ({"code": "99"}, "#/code"), ({"unit_nature_code": "98"},
                                 "#/unit_nature_code"),
    ({"industry_code": "9999"}, "#/industry_code"),
    ({"division_code": "899999"}, "#/division_code"),
    ({"division_code": None}, "#/division_code"),
    ({"occupation_code": "6-99-99-99"}, "#/occupation_code"),
    ({"code": "70"}, "#/code"), ({"pay_band": "much"}, "#/pay_band"),
    ({"evidence_kind": "labour_contract"}, "#/evidence_sha256")])
def test_what_it_must_be(later, changes, where):
    reply = later.put(**changes)
    assert (reply.status, reply.wheres()) == (422, [where]), reply


def test_an_internships_proof_is_none(later):
    broken(later.put(evidence_kind="internship_proof", evidence_sha256=SHA),
           "internship-proof")
    broken(later.put(evidence_kind="admission_notice", evidence_sha256=SHA),
           "destination-evidence")


def test_the_same_employer(later, hall, town):
    code, other = uscc(111111), uscc(222222)
    home = hall.people.consortium
    for then, now, wanted in (
            ({"employer_name": "甲", "employer_uscc": code},
             {"employer_name": "甲改名", "employer_uscc": code}, True),
            ({"employer_name": "甲", "employer_uscc": code},
             {"employer_name": "甲", "employer_uscc": other}, False),
            ({"employer_name": "甲"}, {"employer_name": "甲",
                                     "employer_uscc": other}, True),
            ({"employer_name": "甲"}, {"employer_name": "乙"}, False)):
        student = graduate(town, home, hall.people.school, before(6, 10))
        went(town, home, student, "11", division_code="330106", **then)
        one = Follower(hall, student=student)
        assert one.put(hall.school, **now).json["is_same_employer"] is wanted
    assert later.put().json["is_same_employer"] is None


def test_lists_and_whose_they_are(later, hall, other_student, server, town):
    student, client = other_student
    second = Follower(hall, 100, student)
    second.put(client)
    both = sorted([str(later.student), str(student)])
    year = before(6, 10).year
    cases = {"": both, "status=due": [str(later.student)],
             "status=answered": [str(student)], "status=overdue": [],
             "months=6": both, "status=coming&months=24": both,
             f"student_id={student}": [str(student)],
             "specialty=6603": both, "specialty=61": [], "level=bachelor": [],
             "sex=male": [], "division_code=330106": both,
             f"school_id={hall.people.school}": both,
             f"year={year - 5}": [], "month=13": None, "months=30": None,
             "status=x": None, "division_code=899999": None}
    for query, wanted in cases.items():
        for one in (hall.school, hall.office):
            reply = one.get(f"{LIST}?{query}&limit=100")
            assert reply.status == (400 if wanted is None else 200), query
            if wanted is not None:
                assert sorted({item["student_id"] for item in
                               reply.json["items"]}) == wanted, query
    assert {one["student_id"] for one in client.get(LIST).json["items"]} \
        == {str(student)}
    assert later.get(client).status == 404
    assert later.put(client, 0).status == 404
    assert hall.enterprise.get(LIST).status == 403
    stranger = server.client(town.token(
        hall.people.consortium, town.account(
            hall.people.consortium, "school",
            town.school(hall.people.consortium))))
    assert stranger.get(LIST).json["items"] == []
    assert later.get(stranger).status == 404
    assert second.verify(stranger, 1).status == 404
    assert later.get(hall.office).status == 200
    stranger.close()


# ---- statistics ----

def said(town, home, student, months, code, own=True, **more):
    row = {"consortium_id": home, "id": student, "months": months,
           "code": code, **more}
    town.run(f"insert into follow_up ({', '.join(row)}, acknowledged_at)"
             " values (" + ", ".join(["%s"] * len(row))
             + (", now())" if own else ", null)"), *row.values())


LOCAL = {"employer_name": "湖城厂", "division_code": "330106"}
AWAY = {"employer_name": "浦东厂", "division_code": "310115"}
# Where he went; what he said after 6 months; None: nothing.
BY_HAND = [
    (("11", LOCAL), ("11", LOCAL | {"is_aligned": True})),  # same, local
    (("11", LOCAL), ("12", AWAY | {"is_aligned": False})),  # employed, left
    (("11", LOCAL), ("70", {})),                            # lost it
    (("12", AWAY), ("12", AWAY)),                           # same, away
    (("10", AWAY), ("11", LOCAL | {"is_aligned": True})),   # came back
    (("10", AWAY), None), (("11", LOCAL), None),            # silent
    (("80", {}), ("80", {})), (("70", {}), ("11", LOCAL)),  # new work
    (None, ("76", {})), (None, None)]


def test_retention_by_hand(hall, town):
    home, school = hall.people.consortium, hall.people.school
    year = TODAY.year - 2
    for then, now in BY_HAND:
        one = graduate(town, home, school, f"{year}-06-30")
        if then:
            went(town, home, one, then[0], **then[1])
        if now:
            said(town, home, one, 6, now[0], **now[1])
    entered = graduate(town, home, school, f"{year}-06-30")
    said(town, home, entered, 6, "11", own=False, **LOCAL)
    items = hall.school.get(f"{STATISTICS}?year={year}").json["items"]
    assert [item["months"] for item in items if item["year"] == year][:2] \
        == [6, 12]
    six, twelve = items[:2]
    # 12 graduates, 8 answered; 7 worked then, of whom 5 answered; 4 were
    # local then, of whom 3 answered
    assert (six["graduates"], six["answered"]) == (12, 8)
    assert six["rates"] == {
        "response": rate(8, 12),
        "employed_of_answered": rate(6, 8),
        "employed_of_graduates": rate(6, 12),
        "local_of_answered": rate(3, 8), "local_of_graduates": rate(3, 12),
        "aligned_of_answered": rate(2, 8),
        "still_employed_of_answered": rate(4, 5),
        "still_employed_of_all": rate(4, 7),
        "same_employer_of_answered": rate(2, 5),
        "same_employer_of_all": rate(2, 7),
        "still_local_of_answered": rate(1, 3),
        "still_local_of_all": rate(1, 4)}
    assert (twelve["answered"], twelve["rates"]["response"]) \
        == (0, rate(0, 12))
    rows = hall.school.get(six["follow_ups"] + "&limit=100").json["items"]
    assert len(rows) == 12 and {row["months"] for row in rows} == {6}
    # others see it whole: twelve graduates, but eight answers are too few
    assert hall.office.get(f"{STATISTICS}?year={year}&months=6").json[
        "items"][0]["is_hidden"]
    shown = hall.office.get(f"{STATISTICS}?year={year}&months=12").json
    assert shown["items"][0]["graduates"] == 12 and not shown["is_whole"]
    for query in ("by=sex,month", "by=x", "months=30", "specialty=61999",
                  "by=class,category", f"school_id={new_id()}"):
        assert hall.office.get(f"{STATISTICS}?{query}").status == 400
    assert hall.student.get(STATISTICS).status == 403


def test_a_school_sees_each_from_his_day_on(hall, town):
    home, school = hall.people.consortium, hall.people.school
    graduate(town, home, school, before(6, 1))
    graduate(town, home, school, before(5, 1))
    items = hall.school.get(STATISTICS).json["items"]
    assert [(item["months"], item["graduates"]) for item in items] == [(6, 1)]
    # a cohort that is not due as a whole is not there for others
    year = TODAY.year - (TODAY.month < 7)
    assert not [item for item in hall.office.get(
        f"{STATISTICS}?by=year").json["items"]
        if item["year"] == year and item["months"] == 6]


SPECIALTIES = ["610101", "610102", "610301", "660301", "660302", "510101"]
YEARS = (TODAY.year - 3, TODAY.year - 2)


class Answers:
    """Random cohorts of three schools, some of whom answered."""

    def __init__(self, town, people, client, dice):
        self.client, self.atoms, home = client, {}, people.consortium
        self.schools = [str(people.school)] + [
            str(town.school(home)) for _ in range(2)]
        for year, school, specialty in itertools.product(
                YEARS, self.schools, SPECIALTIES):
            if dice.random() < 0.5:
                continue
            count = dice.choice([1, 2, 5, 9, 11, 12, 15, 30])
            answered = dice.randint(0, count)
            self.atoms[year, school, specialty] = (count, answered)
            for n in range(count):
                one = graduate(town, home, school, f"{year}-06-30", specialty)
                if n < answered:
                    said(town, home, one, 6, "70")

    def look(self, query):
        reply = self.client.get(f"{STATISTICS}?months=6&{query}")
        assert reply.status == 200, reply
        filters = dict(part.split("=") for part in query.split("&") if part)
        for item in reply.json["items"]:
            fits = frozenset(
                atom for atom in self.atoms
                if (item["year"] or atom[0]) == atom[0]
                and int(filters.get("year", atom[0])) == atom[0]
                and (item["school_id"] or atom[1]) == atom[1]
                and atom[2].startswith(item["specialty"] or "")
                and atom[2].startswith(filters.get("specialty", "")))
            yield fits, None if item["is_hidden"] else (
                item["graduates"], item["answered"])


@pytest.mark.parametrize("seed", range(3))
def test_no_subtraction_tells_who_answered(town, people, as_role, seed):
    """As test_small_groups has it, of graduates and of answers."""
    dice = random.Random(seed)
    cohorts = Answers(town, people, as_role("office"), dice)
    seen = {}
    by = [",".join(filter(None, parts)) for parts in itertools.product(
        ("", "school"), ("", "specialty", "class", "category"),
        ("", "year"))]
    filters = ["", *(f"year={year}" for year in YEARS),
               *(f"specialty={one[:n]}" for one in SPECIALTIES[::2]
                 for n in (2, 4, 6))]
    for one, more in itertools.product(by, filters):
        query = "&".join(filter(None, [f"by={one}" if one else "", more]))
        for group, shown in cohorts.look(query):
            assert seen.setdefault(group, shown) == shown, query
    sums = {group: tuple(sum(cohorts.atoms[atom][i] for atom in group)
                         for i in (0, 1)) for group in seen}
    shown = {group: told for group, told in seen.items() if told}
    hidden = [group for group, told in seen.items() if told is None]
    assert shown and hidden
    for group, told in shown.items():
        assert told == sums[group] and told[0] >= 11
        assert told[1] == 0 or told[1] >= 11
    assert narrowest(cohorts.atoms, {group: told[0] for group, told in
                                     shown.items()}, hidden) >= 10
    # the answers of those who may have some: of whom nobody did is shown
    some = {atom: count for atom, count in cohorts.atoms.items()
            if count[1] > 0}
    answers = {frozenset(group & some.keys()): told[1]
               for group, told in shown.items() if group & some.keys()}
    close = [frozenset(group & some.keys()) for group in hidden
             if group & some.keys()
             and frozenset(group & some.keys()) not in answers]
    assert narrowest(some, answers, close) >= 10
