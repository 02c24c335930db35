"""What the sums of guidance must be, for the tests of them."""

# What differs between the sums, with what is not in them yet, and the rows.
RECOUNT = """
with graduate as (
	select s.school_id, extract(year from s.graduates_on)::smallint as year,
		s.specialty_code, coalesce(d.code, 'none') as code,
		coalesce(k.counts_as_employed, false) as works,
		place_of_work(c.division_code, d.division_code) as place,
		d.industry_code, d.occupation_code, d.pay_band
	from student s
	join consortium c on c.id = s.consortium_id
	left join graduate_destination d
		on d.consortium_id = s.consortium_id and d.id = s.id
		and d.state not in ('denied', 'returned')
	left join destination k on k.code = d.code
	where s.consortium_id = %(home)s and s.graduates_on is not null
		and s.state <> 'left'
), told as (
	select 1 as n, m.cut, g.year, g.specialty_code,
		case when m.cut = 'pay' then g.school_id end as school_id, m.word
	from graduate g
	cross join lateral (values ('code', g.code),
		('place', case when g.works then g.place::text end),
		('industry', case when g.works then g.industry_code end),
		('occupation', case when g.works then g.occupation_code end),
		('pay', case g.pay_band when 'below_2000' then '1'
			when 'below_4000' then '2' when 'below_6000' then '3'
			when 'below_8000' then '4' when 'below_10000' then '5'
			when 'from_10000' then '6' end)) as m (cut, word)
	where m.word is not null
	union all
	select -t.n, t.cut, t.year, t.specialty_code, nullif(t.school_id,
		'00000000-0000-0000-0000-000000000000'), t.word
	from guided_counts(%(home)s, 1, 9999, '', array['code', 'place',
		'industry', 'occupation', 'pay']) t
)
select count(*) from (
	select 1 from told t
	group by t.cut, t.year, t.specialty_code, t.school_id, t.word
	having sum(t.n) <> 0) wrong
"""


def wrong_guided(town, consortium):
    with town.db.cursor() as cursor:
        cursor.execute(RECOUNT, {"home": consortium})
        return cursor.fetchone()[0]
