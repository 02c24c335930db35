"""Guidance: where those of the specialty went, in groups that tell of nobody;
and which skills would open how many postings, counted by hand."""

import datetime
import itertools
import random

import pytest

from tests.api.graduates import RATES, graduate, went
from tests.api.hall import hall, other_student
from tests.api.placed import CHINA
from tests.api.test_small_groups import narrowest
from tests.api.town import new_id

__all__ = ["hall", "other_student"]         # fixtures
TODAY = datetime.datetime.now(CHINA).date()
LAST = TODAY.year - (TODAY.month < 9)
LOCAL = {"employer_name": "湖城厂", "division_code": "330106"}
PROVINCE = {"employer_name": "甬城厂", "division_code": "330205"}
AWAY = {"employer_name": "浦东厂", "division_code": "310115"}


@pytest.fixture
def guided(hall, server, town):
    """ask(student) -> his guidance, when all that was written is there."""
    def ask(student=None, client=None):
        server.current(town)
        reply = (client or hall.school).get(
            f"/v1/students/{student or hall.people.student}/guidance")
        assert reply.status == 200, reply
        return reply.json
    return ask


def cohort(town, people, rows, specialty="660301", year=LAST):
    for code, more in rows:
        one = graduate(town, people.consortium, people.school,
                       f"{year}-06-30", specialty)
        if code:
            went(town, people.consortium, one, code, **more)


# Twelve graduates over three years; who is older or younger is not counted.
PAY = ["below_4000", "below_4000", "below_4000", "below_6000", "below_6000",
       "below_6000", "below_6000", "below_8000", "below_8000", "from_10000",
       "from_10000"]


def test_graduates_by_hand(guided, hall, town):
    people = hall.people
    job = {"industry_code": "3411", "occupation_code": "6-18-01-01"}
    for at, year in enumerate((LAST - 2, LAST - 1, LAST)):
        cohort(town, people, [
            ("11", LOCAL | job | {"pay_band": band})
            for band in PAY[4 * at:4 * at + 4]], year=year)
        cohort(town, people, [
            ("12", PROVINCE), ("12", AWAY | {"industry_code": "P"}),
            ("80", {}), ("70", {}), (None, {}), ("76", {}), ("11", LOCAL),
            ("46", {})], year=year)
    cohort(town, people, [("85", {})] * 20, year=LAST - 3)
    found = guided()
    assert (found["first_year"], found["last_year"]) == (LAST - 2, LAST)
    assert (found["specialty_code"], found["specialty_name"]) \
        == ("660301", "机电技术应用")
    # 11 in the first line of each year, and 8 more a year
    assert found["graduates"] == {
        "specialty": "660301", "specialty_name": "机电技术应用",
        "graduates": 35, "employed": 26, "further_study": 3,
        "in_city": 14, "in_province": 3, "elsewhere": 3, "place_unknown": 6,
        "by_code": [
            {"code": "11", "name": "签劳动合同形式就业", "graduates": 14},
            {"code": "12", "name": "其他录用形式就业", "graduates": 6},
            {"code": "46", "name": "应征义务兵", "graduates": 3},
            {"code": "70", "name": "待就业", "graduates": 3},
            {"code": "76", "name": "自由职业", "graduates": 3},
            {"code": "80", "name": "升学", "graduates": 3},
            {"code": "none", "name": None, "graduates": 3}],
        # education has three, fewer than five
        "by_industry": [{"code": "C", "name": "制造业", "graduates": 11}],
        "by_occupation": [{"code": "6-18-01-01",
                           "name": found["graduates"]["by_occupation"][0][
                               "name"], "graduates": 11}]}


def test_what_they_earn(guided, hall, town):
    people = hall.people
    cohort(town, people, [("11", LOCAL | {"pay_band": band})
                          for band in PAY[:10]] + [("11", LOCAL)] * 3)
    found = guided()
    assert found["graduates"]["graduates"] == 13 and found["pay"] is None
    cohort(town, people, [("11", LOCAL | {"pay_band": PAY[10]})])
    # 11 who said it: the third, sixth and ninth are the quartiles
    assert guided()["pay"] == {
        "specialty": "660301", "specialty_name": "机电技术应用",
        "graduates": 11, "first_quartile": "below_4000",
        "median": "below_6000", "third_quartile": "below_8000",
        "by_band": [{"pay_band": band, "graduates": PAY.count(band)}
                    for band in dict.fromkeys(PAY)]}


def test_it_widens_to_class_category_and_all(guided, hall, town):
    def shown():
        page = guided()["graduates"]
        return page and (page["specialty"], page["graduates"])

    people = hall.people
    assert shown() is None and guided()["pay"] is None
    cohort(town, people, [("70", {})] * 6)
    assert shown() is None
    cohort(town, people, [("80", {})] * 6, "660302")
    assert shown() == ("6603", 12)      # two of a class: 12 - 2 >= 10
    cohort(town, people, [("46", {})] * 12, "660102")
    assert shown() == ("6603", 12)
    # what is small elsewhere takes a neighbour with it, the first: not this one
    cohort(town, people, [("70", {})] * 3, "610101")
    assert shown() == ("6603", 12)
    cohort(town, people, [("70", {})] * 7)
    assert shown() == ("6603", 19)      # 660302 is small still
    cohort(town, people, [("70", {})] * 7, "660302")
    assert shown() == ("660301", 13)


def test_all_where_only_all_are_whole(guided, hall, town):
    cohort(town, hall.people, [("70", {})] * 6)
    cohort(town, hall.people, [("80", {})] * 6, "610101")
    page = guided()["graduates"]
    assert (page["specialty"], page["specialty_name"], page["graduates"]) \
        == (None, None, 12)


def test_skills_by_hand(guided, hall, town):
    town.run("update student set skills = '{焊接}', certificates = '{}',"
             " actor = id where id = %s", hall.people.student)

    def post(openings, pay, required=(), preferred=(), certificates=(),
             **more):
        hall.job(openings=openings, pay_min_fen=pay, pay_max_fen=pay,
                 required_skills=list(required),
                 preferred_skills=list(preferred),
                 required_certificates=list(certificates), **more)

    post(2, 300000)
    post(3, 400000, preferred=["CAD"])
    post(1, 500000, required=["焊接"], preferred=["ＣＡＤ", "PLC"])
    post(4, 600000, required=["PLC编程"])
    post(5, 700000, required=["PLC編程"], preferred=["cad"])
    post(6, 800000, required=["焊接", "PLC编程"], certificates=["电工证"])
    post(7, 900000, certificates=["电工证"])
    post(9, 100000, required=["PLC编程"], min_education="bachelor")
    found = guided()
    assert found["words_left_out"] == 0
    assert found["openings"] == {
        "within_reach": 7, "eligible": 3, "eligible_openings": 6,
        "pay_base": 3, "first_quartile_fen": 300000, "median_fen": 400000,
        "third_quartile_fen": 400000}
    told = {one["name"]: one for one in found["skills"]}
    assert [one["name"] for one in found["skills"]] \
        == ["plc编程", "电工证", "cad", "plc"]
    assert told["plc编程"] == {
        "name": "plc编程", "is_certificate": False, "asked_by": 3,
        "required_by": 3, "postings_added": 2, "openings_added": 9,
        "pay_base": 3, "pay_median_fen": 700000}
    assert told["电工证"] == {
        "name": "电工证", "is_certificate": True, "asked_by": 2,
        "required_by": 2, "postings_added": 1, "openings_added": 7,
        "pay_base": 2, "pay_median_fen": 800000}
    assert (told["cad"]["asked_by"], told["cad"]["postings_added"]) == (3, 0)
    assert told["plc"]["required_by"] == 0
    # who learns it has as many postings more
    town.run("update student set skills = '{焊接,PLC编程}', actor = id where"
             " id = %s", hall.people.student)
    after = guided()["openings"]
    assert (after["eligible"], after["eligible_openings"]) == (5, 15)


def test_whose_it_is(guided, hall, other_student, server, town):
    student, client = other_student
    assert guided(client=hall.student)["skills"] == []
    path = f"/v1/students/{hall.people.student}/guidance"
    assert client.get(path).status == 404
    assert hall.office.get(path).status == 403
    assert hall.enterprise.get(path).status == 403
    assert hall.school.get(f"/v1/students/{new_id()}/guidance").status == 404
    stranger = server.client(town.token(
        hall.people.consortium, town.account(
            hall.people.consortium, "school",
            town.school(hall.people.consortium))))
    assert stranger.get(path).status == 404
    stranger.close()


SPECIALTIES = ["610101", "610102", "610301", "660301", "660302", "660102"]
YEARS = (LAST - 2, LAST - 1, LAST)


@pytest.mark.parametrize("seed", range(3))
def test_pages_and_statistics_tell_of_no_small_group(
        guided, hall, town, seed):
    """The pages of every specialty, together with all that the office sees of
    the same cohorts: linear programming finds no small group."""
    dice, people, atoms = random.Random(seed), hall.people, {}
    schools = [str(people.school)] + [
        str(town.school(people.consortium)) for _ in range(2)]
    for year, school, specialty in itertools.product(YEARS, schools,
                                                     SPECIALTIES):
        if dice.random() < 0.3:
            continue
        atoms[year, school, specialty] = dice.choice(
            [1, 5, 9] if dice.random() < 0.12 else [11, 14, 20])
        for _ in range(atoms[year, school, specialty]):
            graduate(town, people.consortium, school, f"{year}-06-30",
                     specialty)
    shown, hidden = {}, []
    for by in ("", "specialty", "class", "category", "school",
               "school,specialty", "year", "year,specialty", "school,year",
               "school,specialty,year"):
        reply = hall.office.get(f"{RATES}?by={by}" if by else RATES)
        for item in reply.json["items"]:
            group = frozenset(
                atom for atom in atoms
                if (item["year"] or atom[0]) == atom[0]
                and (item["school_id"] or atom[1]) == atom[1]
                and atom[2].startswith(item["specialty"] or ""))
            if item["is_hidden"]:
                hidden.append(group)
            else:
                shown[group] = item["graduates"]
    pages = set()
    for specialty in SPECIALTIES:
        student = town.student(people.consortium, people.school)
        town.run("update student set specialty_code = %s, actor = id where"
                 " id = %s", specialty, student)
        page = guided(student)["graduates"]
        if not page:
            continue
        pages.add(page["specialty"])
        group = frozenset(atom for atom in atoms
                          if atom[2].startswith(page["specialty"] or ""))
        assert page["graduates"] == sum(atoms[atom] for atom in group)
        assert shown.setdefault(group, page["graduates"]) \
            == page["graduates"] >= 11
        assert group not in hidden
    assert pages and hidden
    assert narrowest(atoms, shown, hidden) >= 10
