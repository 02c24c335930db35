"""Supply by year of graduation and demand by year of publication, on rows that
are counted by hand; and counts equal to a recount."""

import random

import pytest

from tests.sql.world import SERVICE

ASKED = ("select specialty_code, source, openings_open, openings_share,"
         " open_now, share_now from demand_by_year(%s, %s, %s)"
         " order by 1, 2")
RECOUNT = """
select count(*) from (
	select 1 from (
		select 1 as sign, a.year, a.source, a.node, a.education,
			a.postings, a.openings, a.share, a.postings_now,
			a.openings_now, a.share_now
		from posting p
		left join cooperation c on c.consortium_id = p.consortium_id
			and c.id = p.id
			and p.kind in ('order_class', 'apprenticeship')
		cross join lateral demand_of_posting(p, c.specialty_code) a
		where p.consortium_id = %(home)s
		union all
		select 1, a.year, a.source, a.node, a.education, a.postings,
			a.openings, a.share, 0, 0, 0
		from demand e cross join lateral demand_of_entry(e) a
		where e.consortium_id = %(home)s
		union all
		select -1, n.year, n.source, n.node, n.education, n.postings,
			n.openings, n.share, n.postings_now, n.openings_now,
			n.share_now
		from demand_of_nodes(%(home)s, 0, 9999) n
	) d
	group by d.year, d.source, d.node, d.education
	having (sum(sign * postings), sum(sign * openings), sum(sign * share),
		sum(sign * postings_now), sum(sign * openings_now),
		sum(sign * share_now)) <> (0, 0, 0, 0, 0, 0)) wrong
"""


# of each list of a cut, wherever and in each division
PAY_RECOUNT = """
select count(*) from (
	select d.division_code, p.year, s.cut, s.scope,
		array_agg(p.pay_fen order by p.pay_fen) as pays
	from asked_posting p
	cross join lateral demand_scopes(p.cells) s
	cross join lateral (values (''), (p.division_code)) d (division_code)
	where p.consortium_id = %(home)s and p.pay_fen is not null
		and p.kind <> 'internship'
	group by 1, 2, 3, 4) r
full join (
	select l.division_code, l.year, c.cut, l.scope, l.pays
	from unnest(array['specialty', 'class', 'category', 'level', 'whole',
		'wide']) c (cut)
	cross join (values (array['']), (null)) d (divisions)
	cross join lateral pay_lists(%(home)s, c.cut, 0, 9999, d.divisions) l
	where l.pays <> '{}') l
	using (division_code, year, cut, scope)
where r.pays is distinct from l.pays
"""
SEAT_RECOUNT = """
select count(*) from (
	select h.school_id, f.year, s.cut, s.scope,
		count(*) filter (where f.kind <> 'internship') as seats,
		count(*) filter (where f.kind = 'internship') as internships,
		array_agg(f.days order by f.days) as days
	from filled_seat f
	cross join lateral specialty_scopes(f.specialty_code) s
	cross join lateral (values (f.school_id), (uuid_nil())) h (school_id)
	where f.consortium_id = %(home)s
	group by 1, 2, 3, 4) r
full join (
	select l.school_id, l.year, c.cut, l.scope, l.seats, l.internships,
		l.days
	from unnest(array['specialty', 'class', 'category', 'level', 'whole'])
		c (cut)
	cross join lateral seat_lists(%(home)s, c.cut, 0, 9999, (
		select array_agg(f.school_id) || uuid_nil()
		from filled_seat f where f.consortium_id = %(home)s)) l
	where (l.seats, l.internships, l.days) <> (0, 0, '{}')) l
	using (school_id, year, cut, scope)
where (r.seats, r.internships, r.days)
	is distinct from (l.seats, l.internships, l.days)
""".replace("uuid_nil()", "'00000000-0000-0000-0000-000000000000'::uuid")


def asked(world, first=2026, last=2026):
    return [tuple(row) for row in world.run(ASKED, world.consortium, first,
                                            last)]


def published(world, at="2026-03-01", **values):
    """A posting that was published on that day."""
    row = world.add("posting", enterprise_id=world.verified_enterprise(),
                    **{"kind": "job", **values})
    world.move("posting", row["id"], "published", published_at=at,
               closes_at="2999-01-01")
    return row["id"]


def students(world, specialty, count, on="2026-06-30", **values):
    for _ in range(count):
        world.add("student", specialty_code=specialty, graduates_on=on,
                  **values)


def recounted(world):
    for statement in (RECOUNT, PAY_RECOUNT, SEAT_RECOUNT):
        world.cursor.execute(statement, {"home": world.consortium})
        if world.cursor.fetchone()[0] != 0:
            return False
    return True


def test_supply_is_who_graduates_in_the_year(world):
    students(world, "460101", 3)
    students(world, "460101", 1, on="2027-06-30")
    students(world, "730101", 2, entry_year=2023)
    students(world, "460101", 1, on=None)
    gone, done = world.add("student"), world.add("student")
    world.move("student", gone["id"], "left", reason="退學")
    world.move("student", done["id"], "graduated")
    school = world.any("school")
    rows = world.run("select * from supply_by_year(%s, 2026, 2027)"
                     " order by 1, 2", world.consortium)
    assert rows == [(2026, "460101", "associate", school, 3),
                    (2026, "730101", "secondary", school, 2),
                    (2027, "460101", "associate", school, 2)]
    rows = world.run("select * from entrants_by_year(%s, 2000, 2100)"
                     " order by 1, 2", world.consortium)
    assert rows == [(2023, "730101", "secondary", school, 2, 2),
                    (2024, "460101", "associate", school, 7, 6)]
    world.run("select fold_entrant_counts(1000)")
    world.update("student", done["id"], entry_year=2022, actor=SERVICE)
    assert world.run("select year, entrants, students"
                     " from entrants_by_year(%s, 2000, 2100) order by 1, 3",
                     world.consortium) \
        == [(2022, 1, 1), (2023, 2, 2), (2024, 6, 5)]


def test_targets_share_a_posting(world):
    """10 openings of three: 3334, 3333, 3333 thousandths, by code."""
    published(world, openings=10, targets=["730101", "460103", "460101"])
    assert asked(world) == [("460101", "job", 10, 3334, 10, 3334),
                            ("460103", "job", 10, 3333, 10, 3333),
                            ("730101", "job", 10, 3333, 10, 3333)]


def test_a_class_is_split_by_supply(world):
    """7 openings of the class, with 2 and 1 to graduate: 4666 and 2334."""
    students(world, "460101", 2)
    students(world, "460103", 1)
    students(world, "460104", 5, on="2027-06-30")
    published(world, openings=7, targets=["4601"])
    assert asked(world) == [("460101", "job", 7, 4666, 7, 4666),
                            ("460103", "job", 7, 2334, 7, 2334),
                            ("460104", "job", 7, 0, 7, 0)]
    # nobody of the class graduates in 2025: by those of all years, 2 1 5
    published(world, at="2025-03-01", openings=8, targets=["4601"])
    assert [(row[0], row[3]) for row in asked(world, 2025, 2025)] \
        == [("460101", 2000), ("460103", 1000), ("460104", 5000)]


def test_a_class_that_nobody_teaches_is_split_equally(world):
    codes = [row[0] for row in world.run(
        "select code from specialty where class_code = '4601' and is_current"
        " order by 1")]
    published(world, openings=1, targets=["4601"])
    rows = asked(world)
    assert [row[0] for row in rows] == codes
    assert sum(row[3] for row in rows) == 1000
    assert {row[3] for row in rows} <= {1000 // len(codes),
                                        1000 // len(codes) + 1}


def test_a_specialty_within_a_class_that_is_named_counts_once(world):
    students(world, "460101", 1)
    published(world, openings=4, targets=["460101", "4601", "46"])
    assert asked(world) == [("460101", "job", 4, 4000, 4, 4000)]


def test_the_least_education_bars_a_specialty(world):
    published(world, openings=4, targets=["730101", "460101"],
              min_education="associate")
    published(world, openings=1, targets=["730101"],
              min_education="bachelor")
    assert asked(world) == [("460101", "job", 4, 4000, 4, 4000),
                            ("unnamed", "job", 1, 1000, 1, 1000)]


def test_an_occupation_leads_where_the_pairs_say(world):
    work = world.one("select min(code) from occupation where is_current")
    published(world, openings=3, targets=[], occupation_code=work)
    published(world, openings=2, targets=[])
    assert asked(world) == [("unnamed", "job", 5, 5000, 5, 5000)]
    for code in ("460101", "730101"):
        world.run("insert into specialty_occupation values (%s, %s)", code,
                  work)
    assert asked(world) == [("460101", "job", 3, 1500, 3, 1500),
                            ("730101", "job", 3, 1500, 3, 1500),
                            ("unnamed", "job", 2, 2000, 2, 2000)]
    published(world, openings=1, targets=[], occupation_code=work,
              min_education="associate")
    assert asked(world)[0] == ("460101", "job", 4, 2500, 4, 2500)


def test_the_year_is_that_of_first_publication_in_china(world):
    made = published(world, at="2025-12-31T16:30:00Z", openings=2,
                     targets=["460101"])
    assert asked(world, 2025, 2025) == []
    assert asked(world) == [("460101", "job", 2, 2000, 2, 2000)]
    world.move("posting", made, "closed")
    assert asked(world) == [("460101", "job", 2, 2000, 0, 0)]
    world.move("posting", made, "published", published_at="2027-03-01")
    world.update("posting", made, openings=5, actor=SERVICE)
    assert asked(world, 2000, 2100) == [("460101", "job", 5, 5000, 5, 5000)]
    assert asked(world, 2027, 2027) == []
    world.add("posting", targets=["460101"])	# a draft asks for nobody
    assert asked(world) == [("460101", "job", 5, 5000, 5, 5000)]


def test_a_class_by_order_is_for_its_schools_specialty(world):
    row = world.add("posting", kind="order_class", openings=30,
                    targets=["46"], enterprise_id=world.verified_enterprise())
    world.add("cooperation", id=row["id"], specialty_code="460103",
              entry_year=2024, cohort_size=30)
    world.move("cooperation", row["id"], "agreed")
    world.move("posting", row["id"], "published", published_at="2026-03-01",
               closes_at="2999-01-01")
    assert asked(world) == [("460103", "order_class", 30, 30000, 30, 30000)]
    world.move("posting", row["id"], "closed")
    world.update("cooperation", row["id"], specialty_code="460101",
                 actor=SERVICE)
    assert asked(world) == [("460101", "order_class", 30, 30000, 0, 0)]
    assert recounted(world)


def put_list(world, enterprise, version, *entries):
    world.run("select put_demand(%s, %s, 2026, %s, %s, %s, %s, %s, %s)",
              world.consortium, enterprise,
              *([entry[at] for entry in entries] for at in range(3)),
              [""] * len(entries), SERVICE, version)


def test_demand_lists_ask_for_their_year(world):
    enterprise = world.verified_enterprise()
    put_list(world, enterprise, 0, ("460101", "", 5), ("4601", "", 3),
             ("730101", "associate", 2))
    students(world, "460103", 4)
    rows = [("460101", "demand-list", 5, 5000, 0, 0),
            ("460103", "demand-list", 3, 3000, 0, 0),
            ("unnamed", "demand-list", 2, 2000, 0, 0)]
    assert asked(world) == rows
    put_list(world, enterprise, 1, ("460101", "", 6))
    assert asked(world) == [("460101", "demand-list", 6, 6000, 0, 0)]
    world.run("update demand set openings = 7 where enterprise_id = %s",
              enterprise)
    assert asked(world) == [("460101", "demand-list", 7, 7000, 0, 0)]
    assert recounted(world)


def changed(world, *numbers):
    made = []
    for one in numbers:
        made = world.one("select numbers_changed(%s::integer[],"
                         " %s::integer[])", made, one)
    return made


def test_numbers_come_and_go_in_any_order(world):
    assert changed(world, [5, 3, 5]) == [3, 5, 5]
    assert changed(world, [5, 3, 5], [~5]) == [3, 5]
    assert changed(world, [0, ~0, 7]) == [7]
    # 5 goes before it came
    assert changed(world, [~5, 3], [5]) == [3]
    assert changed(world, [~5, ~5], [5, 5]) == []


def scopes(world, *cells):
    return {tuple(row) for row in world.run(
        "select cut, scope from demand_scopes(%s)", list(cells))}


def test_the_lists_that_a_posting_stands_in(world):
    whole = ("whole", "")
    assert scopes(world, "2026|460101|", "2026|460103|") == {
        ("specialty", "460101"), ("specialty", "460103"), ("class", "4601"),
        ("category", "46"), ("level", "associate"), whole}
    assert scopes(world, "2026|460101|", "2026|7301|") == {
        ("specialty", "460101"), ("class", "4601"), ("category", "46"),
        ("level", "associate"), ("class", "7301"), ("category", "73"),
        ("level", "secondary"), ("wide", "2026|7301|"), whole}
    for cell in ("2026||", "2026|6-18-01-01|associate", "2026|6-18|"):
        assert scopes(world, cell) == {("wide", cell), whole}


def seats(world, dice, made):
    """Takes one, or gives it back."""
    if made and dice.random() < 0.4:
        world.run("delete from filled_seat where id = %s",
                  made.pop(dice.randrange(len(made))))
    else:
        made.append(world.add(
            "filled_seat", kind=dice.choice(["job", "internship"]),
            school_id=world.any("school"), days=dice.randint(0, 3),
            specialty_code=dice.choice(["460101", "460103", "730101"]))["id"])


@pytest.mark.parametrize("seed", range(3))
def test_what_is_asked_is_what_is_counted(world, seed):
    """Random changes, folded now and then; shares add up to what was asked."""
    dice = random.Random(seed)
    codes = ["46", "4601", "460101", "460103", "73", "7301", "730101"]
    for code in ("460101", "460103", "730101"):
        students(world, code, dice.randint(0, 4))
    made, taken = [], []
    for _ in range(60):
        seats(world, dice, taken)
        at = f"202{dice.randint(4, 6)}-03-01"
        values = {"openings": dice.randint(1, 30), "targets": dice.sample(
            codes, dice.randint(0, 4)), "kind": "job",
            "pay_min_fen": 4, "pay_max_fen": dice.randint(4, 12),
            "division_code": dice.choice(["320505", "320506"])}
        if dice.random() < 0.4 or not made:
            made.append(published(world, at=at, min_education=dice.choice(
                [None, "secondary", "associate"]), **values))
        else:
            one = dice.choice(made)
            state = world.get("posting", one, "state")
            if dice.random() < 0.5:
                world.update("posting", one, actor=SERVICE, **values)
            else:
                world.move("posting", one, "closed" if state == "published"
                           else "published", closes_at="2999-01-01")
        if dice.random() < 0.2:
            for counts in ("demand", "pay", "seat"):
                world.run(f"select fold_{counts}_counts(%s)",
                          dice.randint(1, 9))
            assert recounted(world)
    assert recounted(world)
    for year in (2024, 2025, 2026):
        total, now = world.run(
            "select sum(openings), sum(openings) filter"
            " (where state = 'published') from posting"
            " where extract(year from first_published_at) = %s"
            " and consortium_id = %s", year, world.consortium)[0]
        rows = asked(world, year, year)
        assert sum(row[3] for row in rows) == 1000 * (total or 0)
        assert sum(row[5] for row in rows) == 1000 * (now or 0)
