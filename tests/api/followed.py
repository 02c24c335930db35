"""What the sums of follow-ups must be, for the tests of them."""

CUTS = ("cell", "place", "sex", "month")
# What differs between the counts and the rows themselves.
RECOUNT = """
with graduate as (
	select s.id, s.graduates_on, s.school_id, s.specialty_code,
		coalesce(s.sex, 'unknown') as sex, c.division_code as home,
		coalesce(w.counts_as_employed, false) as worked,
		coalesce(w.counts_as_employed and place_of_work(
			c.division_code, d.division_code) = 3, false)
			as was_local, d as went
	from student s
	join consortium c on c.id = s.consortium_id
	left join graduate_destination d
		on d.consortium_id = s.consortium_id and d.id = s.id
		and d.state not in ('denied', 'returned')
	left join destination w on w.code = d.code
	where s.consortium_id = %(home)s and s.graduates_on is not null
		and s.state <> 'left'
), one as (
	select g.*, n.name, n.is_so
	from graduate g
	cross join lateral (values ('graduates', true), ('worked', g.worked),
		('were_local', g.was_local)) as n (name, is_so)
	union all
	select g.*, n.name || '_' || f.months, n.is_so
	from graduate g
	join follow_up f on f.consortium_id = %(home)s and f.id = g.id
		and f.acknowledged_at is not null
	join destination k on k.code = f.code
	cross join lateral (select k.counts_as_employed and place_of_work(
		g.home, f.division_code) = 3 as is_local) x
	cross join lateral (values ('answered', true),
		('employed', k.counts_as_employed), ('local', x.is_local),
		('fits', k.counts_as_employed and f.is_aligned),
		('same', k.counts_as_employed and g.worked
			and is_same_employer(f, g.went)),
		('worked', g.worked),
		('still', g.worked and k.counts_as_employed),
		('were_local', g.was_local),
		('stayed', g.was_local and x.is_local)) as n (name, is_so)
), told as (
	select 1 as sign, case when %(cut)s in ('cell', 'place')
			then o.school_id else '00000000-0000-0000-0000-000000000000'
			end as school_id,
		case %(cut)s when 'cell' then o.graduates_on else make_date(
			extract(year from o.graduates_on)::integer, 12, 31)
			end as day,
		case when %(cut)s in ('cell', 'place') then o.specialty_code
			else '' end as specialty_code,
		case when %(cut)s in ('cell', 'sex') then o.sex else '' end
			as sex,
		case when %(cut)s in ('cell', 'month')
			then extract(month from o.graduates_on) else 0 end
			as month, o.name, o.is_so::integer as n
	from one o
	union all
	select -1, t.school_id, t.day, t.specialty_code, t.sex, t.month,
		c.name, c.n::integer
	from follow_up_counts(%(home)s, null, 1, 9999, %(cut)s) t
	cross join lateral jsonb_each_text(to_jsonb(t) - array['cut', 'sex',
		'consortium_id', 'school_id', 'day', 'specialty_code',
		'month']) as c (name, n)
)
select count(*) from (
	select 1 from told t
	group by t.school_id, t.day, t.specialty_code, t.sex, t.month, t.name
	having coalesce(sum(t.sign * t.n), 0) <> 0) wrong
"""


def wrong_follow_ups(town, consortium):
    wrong = 0
    with town.db.cursor() as cursor:
        for cut in CUTS:
            cursor.execute(RECOUNT, {"home": consortium, "cut": cut})
            wrong += cursor.fetchone()[0]
    return wrong
