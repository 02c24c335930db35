"""The medians of supply and demand, held to a count of all rows behind them."""

from tests.api.asked import ask

# Of each group: how many postings of work say their pay, and its median.
PAY = """
select p.year, p.name, p.place, count(*),
	percentile_disc(0.5) within group (order by p.pay_fen)
from (
	select distinct a.id, a.year, a.pay_fen, p.place, case
			when %(by)s = 'level'
			then coalesce(specialty_level(s.code), '-')
			else left(s.code, %(digits)s) end as name
	from asked_posting a
	cross join unnest(a.cells) c (cell)
	left join demand_members(%(home)s, 0, 9999) m on m.cell = c.cell
	cross join lateral (select coalesce(m.specialty_code,
		cell_specialty(c.cell)) as code) s
	cross join lateral (values (null), (a.division_code)) p (place)
	where a.consortium_id = %(home)s and a.pay_fen is not null
		and a.kind <> 'internship' and starts_with(s.code, %(within)s)
) p
group by 1, 2, 3
"""
# Seats of work and of internships, and the median of the days until then.
DAYS = """
select f.year, left(f.specialty_code, %(digits)s),
	count(*) filter (where f.kind <> 'internship'),
	count(*) filter (where f.kind = 'internship'),
	percentile_disc(0.5) within group (order by f.days)
from filled_seat f
where f.consortium_id = %(home)s and starts_with(f.specialty_code, %(within)s)
group by 1, 2
"""


def rows(town, statement, **values):
    with town.db.cursor() as cursor:
        cursor.execute(statement, values)
        return set(cursor.fetchall())


def pay_of(items, name):
    return {(item["year"], (item[name] or "-") if name else "",
             item["division_code"], item["pay"]["postings"],
             item["pay"]["median_fen"]) for item in items if item["pay"]}


def days_of(items, digits):
    return {(item["year"], item["specialty"] if digits else "",
             item["filled"]["seats"], item["filled"]["internships"],
             item["filled"]["days"]) for item in items
            if item["filled"]["days"] is not None}


def hold_medians(town, home, school):
    """Whatever is asked; the one school of all students asks."""
    for by, digits in (("specialty", 6), ("class", 4), ("category", 2),
                       ("level", 0), (None, 0)):
        name = "level" if by == "level" else "specialty" if digits else None
        for within in ("", "66", "6603", "660302"):
            query = {"by": ",".join(filter(None, ["year", by])),
                     **({"specialty": within} if within else {})}
            values = {"by": by, "digits": digits, "home": home,
                      "within": within}
            whole = ask(school, **query)
            placed = ask(school, **{**query, "by": query["by"] + ",district"})
            assert pay_of(whole + placed, name) == rows(
                town, PAY, **values), query
            if by != "level":
                assert days_of(whole, digits) == rows(
                    town, DAYS, **values), query
