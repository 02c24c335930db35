"""Supply against demand: each number on what is counted by hand, who may see
it, and counts equal to a recount whatever happens at the same moment."""


import pytest

from tests.api.asked import (SUPPLY, ask, asked, listed, one, quotient, took)
from tests.api.graduates import graduate, went
from tests.api.hall import hall  # noqa: F401 (fixture)
from tests.api.medians import hold_medians
from tests.api.test_offers import accept, offered
from tests.api.town import SERVICE, new_id, six_at_once

EMPLOYER = {"employer_name": "厂", "division_code": "330106"}
AWAY = {"employer_name": "厂", "division_code": "310115"}


@pytest.fixture
def year(town, people):
    """2026: five of 660301 and one of 510101 graduate; 2025: two of 660301."""
    home = people.consortium
    made = [graduate(town, home, people.school) for _ in range(5)]
    graduate(town, home, people.school, specialty="510101")
    for _ in range(2):
        graduate(town, home, people.school, on="2025-06-30")
    went(town, home, made[0], "11", **EMPLOYER)
    went(town, home, made[1], "11", **AWAY)
    went(town, home, made[2], "80")
    asked(town, home, people.enterprise, openings=6, targets=["6603"],
          pay_min_fen=400000, pay_max_fen=500000)
    asked(town, home, people.enterprise, openings=3,
          targets=["660301", "510101"], pay_min_fen=600000,
          pay_max_fen=600001)
    asked(town, home, people.enterprise, openings=4, targets=["660301"],
          kind="internship", pay_min_fen=200000, pay_max_fen=200000,
          period_start="2027-03-01", period_end="2027-08-31")
    asked(town, home, people.enterprise, openings=2, targets=[])
    asked(town, home, people.enterprise, on="2025-05-01", openings=8,
          pay_min_fen=300000, pay_max_fen=300000)
    listed(town, home, people.enterprise, 2026, ("66", 10), ("510101", 1))
    town.run("update posting set state = 'closed', actor = %s"
             " where openings = 3 and consortium_id = %s", SERVICE, home)
    return made


def test_each_number_by_hand(year, as_role, people, town):
    took(town, people.consortium, people.school, "660301", days=4)
    took(town, people.consortium, people.school, "660301", days=9)
    took(town, people.consortium, people.school, "660301", days=30,
         kind="internship")
    item = one(as_role("school"), year=2026, by="specialty",
               specialty="660301")
    assert (item["year"], item["specialty"], item["students"]) \
        == (2026, "660301", 5)
    assert item["students_by_level"] == {"secondary": 5, "associate": 0,
                                         "bachelor": 0}
    # of 6 for the class all go to 660301, which alone is taught; of 3 half
    assert item["openings_mille"] == {
        "work": 7500, "job": 7500, "apprenticeship": 0, "order_class": 0,
        "internship": 4000, "listed": 10000, "work_now": 6000,
        "internship_now": 4000}
    assert item["open_to"] == 9
    assert item["ratio"] == quotient(7500, 5000)
    assert item["ratio"]["rate"] == 15000
    assert item["ratio_listed"] == quotient(10000, 5000)
    assert item["filled"] == {
        "seats": 2, "internships": 1, "share": quotient(2000, 7500),
        "internship_share": quotient(1000, 4000), "days": 9}
    assert item["outcomes"] == {"employed": 2, "local": 1,
                                "local_share": quotient(1000, 7500)}
    # 450000 and 600000: the lower of two; of all three the same two
    assert item["pay"] == {
        "postings": 2, "median_fen": 450000, "consortium_median_fen": 450000,
        "relation": quotient(450000, 450000)}
    assert item["before"] == {
        "students": 2, "work_mille": 8000, "listed_mille": 0,
        "ratio": quotient(8000, 2000), "ratio_listed": quotient(0, 2000),
        "pay": {"postings": 1, "median_fen": 300000,
                "consortium_median_fen": 300000,
                "relation": quotient(300000, 300000)}}


def test_the_parts_make_the_whole(year, as_role):
    school = as_role("school")
    whole = one(school, year=2026)
    assert whole["openings_mille"]["work"] == 11000
    assert (whole["students"], whole["is_unnamed"]) == (6, False)
    for by in ("specialty", "class", "category", "level"):
        items = ask(school, year=2026, by=by)
        for kind in ("work", "listed", "internship", "work_now"):
            assert sum(item["openings_mille"][kind] for item in items) \
                == whole["openings_mille"][kind], (by, kind)
        assert sum(item["students"] for item in items) == 6
        unnamed = [item for item in items if item["is_unnamed"]]
        assert [(item["openings_mille"]["work"], item["destinations"],
                 item["specialty"], item["level"]) for item in unnamed] \
            == [(2000, None, None, None)]
    assert {item["level"]: item["openings_mille"]["work"] for item in
            ask(school, year=2026, by="level")} \
        == {None: 2000, "secondary": 7500, "associate": 1500}


def test_years_beside_each_other(year, as_role):
    items = ask(as_role("school"), by="year,category", specialty="66")
    assert [(item["year"], item["students"], item["openings_mille"]["work"])
            for item in items] == [(2025, 2, 8000), (2026, 5, 7500)]
    assert items[0]["before"] is None
    assert items[1]["before"]["students"] == 2
    # without a year it is the present one
    town_year = one(as_role("office"))["year"]
    assert town_year == one(as_role("school"), year=town_year)["year"]


def test_a_posting_counts_once_for_the_pay_of_a_class(town, people, as_role):
    for pay in (300000, 900000):
        asked(town, people.consortium, people.enterprise, targets=[
            "660301", "660302"] if pay == 900000 else ["660301"],
              pay_min_fen=pay, pay_max_fen=pay)
    asked(town, people.consortium, people.enterprise, pay_min_fen=500000,
          pay_max_fen=500000)
    item = one(as_role("office"), by="class", year=2026)
    assert (item["pay"]["postings"], item["pay"]["median_fen"]) \
        == (3, 500000)
    by_specialty = {item["specialty"]: item["pay"] for item in
                    ask(as_role("office"), by="specialty", year=2026)}
    assert by_specialty["660301"]["postings"] == 3
    assert (by_specialty["660302"]["median_fen"],
            by_specialty["660302"]["relation"]["rate"]) == (900000, 18000)


def test_places(town, people, as_role):
    """People where their school is, openings where the work is."""
    home = people.consortium
    graduate(town, home, people.school)
    asked(town, home, people.enterprise, openings=2)
    asked(town, home, people.enterprise, openings=5, targets=["6603", "51"],
          division_code="330105")
    listed(town, home, people.enterprise, 2026, ("660301", 7))
    school = as_role("school")
    items = {item["division_code"]: item for item in
             ask(school, by="district", year=2026)}
    assert {code: (item["students"], item["openings_mille"]["work"],
                   item["openings_mille"]["listed"])
            for code, item in items.items()} \
        == {"330105": (0, 5000, 0), "330106": (1, 2000, 7000)}
    assert items["330106"]["division_name"] == "西湖区"
    item = one(school, year=2026, division_code="330105", by="category",
               specialty="66")
    assert item["openings_mille"]["work"] == 2500
    assert one(school, year=2026, division_code="330106")["students"] == 1


def test_by_occupation(town, people, as_role):
    work = town.one("select min(code) from occupation where is_current")
    home = people.consortium
    for code, openings in ((work, 3), (work, 2), (None, 4)):
        asked(town, home, people.enterprise, openings=openings,
              occupation_code=code, pay_min_fen=openings * 100000,
              pay_max_fen=openings * 100000)
    office = as_role("office")
    none, some = ask(office, by="occupation", year=2026)
    assert (none["is_unnamed"], none["occupation_code"],
            none["openings_mille"]["job"]) == (True, None, 4000)
    assert (some["occupation_code"], some["openings_mille"]["job"],
            some["open_to"], some["pay"]["median_fen"]) \
        == (work, 5000, 5, 200000)
    assert some["occupation_name"]
    for item in (none, some):
        assert item["students"] is item["ratio"] is item["filled"] is None
        assert not item["is_hidden"]
    assert ask(office, by="occupation", year=2026, specialty="51") == []
    assert len(ask(office, by="occupation", year=2026, specialty="6603",
                   level="secondary", division_code="330106")) == 2


def test_seats_that_were_taken(hall, town):  # noqa: F811
    """An offer that is accepted fills a seat of its posting."""
    posting = hall.job(openings=4)
    made = offered(hall, posting)
    town.run("update posting set first_published_at = now()"
             " - interval '75 hours' where id = %s", posting)
    year = one(hall.school)["year"]
    assert one(hall.school)["filled"]["seats"] == 0
    assert accept(hall.student, made["id"]).status == 200
    item = one(hall.school, by="specialty", year=year)
    assert item["filled"] == {
        "seats": 1, "internships": 0, "share": quotient(1000, 4000),
        "internship_share": quotient(0, 0), "days": 3}
    # one seat is a small group to the office
    item = one(hall.office, by="specialty", year=year)
    assert (item["filled"], item["is_filled_hidden"]) == (None, True)


def test_an_internship_fills_its_seat_until_it_ends(town, people):
    home = people.consortium
    posting = asked(town, home, people.enterprise, kind="internship",
                    pay_min_fen=1, pay_max_fen=1, period_start="2027-03-01",
                    period_end="2027-08-31")
    made = new_id()
    town.run("insert into placement (consortium_id, id, origin, student_id,"
             " posting_id, enterprise_id, period_start, period_end)"
             " values (%s, %s, 'school', %s, %s, %s, '2027-03-01',"
             " '2027-08-31')", home, made, people.student, posting,
             people.enterprise)

    def seats():
        return town.run("select kind, specialty_code from filled_seat"
                        " where consortium_id = %s", home)

    assert seats() == []
    for state, wanted in (("accepted", 1), ("terminated", 0)):
        town.run("update placement set state = %s, actor = %s, reason = 'x'"
                 " where id = %s", state, SERVICE, made)
        assert seats() == [("internship", "660301")] * wanted


def test_a_school_sees_its_own_against_the_whole(year, town, people, as_role):
    other = town.school(people.consortium)
    for _ in range(3):
        graduate(town, people.consortium, other)
    took(town, people.consortium, other, "660301", count=2)
    school, office = as_role("school"), as_role("office")
    mine, whole = one(school, year=2026), one(office, year=2026)
    assert (mine["students"], whole["students"]) == (6, 9)
    assert mine["openings_mille"] == whole["openings_mille"]
    assert mine["filled"]["seats"] == 0
    assert one(office, year=2026, school_id=other)["students"] == 3
    assert one(school, year=2026, school_id=other)["students"] == 0


def test_rows_behind_a_number(year, as_role):
    for role in ("school", "office"):
        client = as_role(role)
        item = one(client, year=2026, by="specialty", specialty="660301",
                   division_code="330106")
        rows = client.get(item["destinations"] + "&limit=200").json["items"]
        assert len(rows) == item["students"]
        assert client.get(item["postings"]).status == 200
        listed_rows = client.get(item["demand"]).json["items"]
        assert sum(row["openings"] for row in listed_rows) >= 0
    rows = client.get(one(client, year=2026)["demand"]).json["items"]
    assert sum(row["openings"] for row in rows) == 11


@pytest.mark.parametrize("query,where", [
    ("by=school", "by"), ("by=specialty,class", "by"),
    ("by=occupation,level", "by"), ("by=occupation,specialty", "by"),
    ("year=1999", "year"), ("level=doctor", "level"),
    ("specialty=990000", "specialty"), ("division_code=990000",
                                        "division_code"),
    (f"school_id={new_id()}", "school_id")])
def test_what_cannot_be_asked(as_role, query, where):
    reply = as_role("office").get(f"{SUPPLY}?{query}")
    assert (reply.status, reply.wheres()) == (400, [where])


def test_who_may_ask(as_role, client):
    assert client.get(SUPPLY).status == 401
    for role in ("student", "enterprise"):
        assert as_role(role).get(SUPPLY).status == 403


# ---- incremental equals recount ----

def change(dice, town, home, school, enterprise, mine):
    codes = ["66", "6603", "660301", "660302", "51", "510101"]
    values = dice.sample(codes, dice.randint(0, 3))
    kind = dice.choice(["new", "edit", "move", "list", "seat", "fold"])
    if kind == "new" or not mine:
        mine.append(asked(town, home, enterprise, targets=values,
                          openings=dice.randint(1, 9), on=dice.choice(
                              ["2025-03-01", "2026-03-01"])))
    elif kind == "edit":
        town.run("update posting set targets = %s, openings = %s,"
                 " pay_min_fen = 1, pay_max_fen = %s, division_code = %s,"
                 " actor = %s where id = %s", values, dice.randint(1, 9),
                 dice.randint(1, 9), dice.choice(["330105", "330106"]),
                 SERVICE, dice.choice(mine))
    elif kind == "move":
        town.run("update posting set state = case state when 'published'"
                 " then 'closed' else 'published' end, actor = %s"
                 " where id = %s", SERVICE, dice.choice(mine))
    elif kind == "list":
        town.run("select put_demand(%s, %s, 2026, %s, %s, %s, %s, %s,"
                 " coalesce((select version from demand_list"
                 " where consortium_id = %s and enterprise_id = %s"
                 " and year = 2026 for update), 0))", home, enterprise,
                 values, [""] * len(values), [3] * len(values),
                 [""] * len(values), SERVICE, home, enterprise)
    elif kind == "seat":
        took(town, home, school, dice.choice(["660301", "660302", "510101"]),
             dice.choice([2025, 2026]), days=dice.randint(0, 5),
             kind=dice.choice(["job", "internship"]))
        town.run("delete from filled_seat where id = (select id"
                 " from filled_seat where consortium_id = %s and days = %s"
                 " limit 1 for update skip locked)", home, dice.randint(0, 5))
    else:
        for counts in ("demand", "pay", "seat"):
            town.run(f"select fold_{counts}_counts(%s)",
                     dice.choice([3, 500]))


WRONG = """
select count(*) from (
	select 1 from (
		select 1 as sign, a.year, a.source, a.node, a.education,
			a.postings, a.openings, a.share, a.share_now
		from posting p
		cross join lateral demand_of_posting(p, null) a
		where p.consortium_id = %(home)s
		union all
		select 1, a.year, a.source, a.node, a.education, a.postings,
			a.openings, a.share, 0
		from demand e cross join lateral demand_of_entry(e) a
		where e.consortium_id = %(home)s
		union all
		select -1, n.year, n.source, n.node, n.education, n.postings,
			n.openings, n.share, n.share_now
		from demand_of_nodes(%(home)s, 0, 9999) n
	) d
	group by d.year, d.source, d.node, d.education
	having (sum(sign * postings), sum(sign * openings), sum(sign * share),
		sum(sign * share_now)) <> (0, 0, 0, 0)
	union all
	select 1 from posting p
	full join asked_posting a on a.consortium_id = p.consortium_id
		and a.id = p.id
	where coalesce(p.consortium_id, a.consortium_id) = %(home)s
		and (a.openings, a.pay_fen, a.is_open) is distinct from
		(p.openings, (p.pay_min_fen + p.pay_max_fen) / 2,
		p.state = 'published')) wrong
"""


def wrong(town, home):
    with town.db.cursor() as cursor:
        cursor.execute(WRONG, {"home": home})
        return cursor.fetchone()[0]


def test_many_at_once_equal_a_recount(town, people, cluster, database,
                                      as_role):
    """Six who write at the same moment, over the same postings and a list each,
    while counts are put together."""
    home = people.consortium
    firms = [town.enterprise(home) for _ in range(6)]
    shared = [asked(town, home, people.enterprise) for _ in range(4)]

    def write(own, dice, number):
        mine = list(shared)
        for _ in range(60):
            change(dice, own, home, people.school, firms[number], mine)

    six_at_once(cluster, database, write)
    assert wrong(town, home) == 0
    hold_medians(town, home, as_role("school"))
    office = as_role("office")
    live = ask(office, by="specialty,year")
    for counts in ("demand", "pay", "seat"):
        while town.one(f"select fold_{counts}_counts(500)"):
            pass
    assert wrong(town, home) == 0
    hold_medians(town, home, as_role("school"))
    assert ask(office, by="specialty,year") == live
    assert {year: sum(item["openings_mille"]["work"] for item in live
                      if item["year"] == year) for year in (2025, 2026)} \
        == {int(year): 1000 * openings for year, openings in town.run(
            "select extract(year from first_published_at), sum(openings)"
            " from posting where consortium_id = %s group by 1", home)}
