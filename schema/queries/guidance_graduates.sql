-- Where those of the last three cohorts went, and what they earn: two objects,
-- each null where nothing may be shown. Of industries and occupations those
-- that at least five went to.
-- $1 consortium, $2 specialty, class or category that may be shown, empty for
-- all, or null, $3 the same of those who said what they earn
with span as (
	select extract(year from today_in_china())::integer
		- (extract(month from today_in_china()) < 9)::integer as last
), one as materialized (
	select g.specialty_code, g.code, g.place, k.counts_as_employed,
		case when g.code <> 'none' then array_position(array[
			'below_2000', 'below_4000', 'below_6000', 'below_8000',
			'below_10000', 'from_10000'], d.pay_band) end as pay,
		case when k.counts_as_employed then i.section end as section,
		case when k.counts_as_employed then d.occupation_code end
			as occupation
	from span w
	join graduate_fact g on g.consortium_id = $1::uuid
		and g.to_at = 'infinity' and g.year between w.last - 2
			and w.last
		and (left(g.specialty_code, length($2)) = $2
			or left(g.specialty_code, length($3)) = $3)
	left join graduate_destination d on d.consortium_id = g.consortium_id
		and d.id = g.student_id
	left join destination k on k.code = g.code
	left join industry i on i.code = d.industry_code
), went as (
	select * from one o where left(o.specialty_code, length($2)) = $2
), paid as (
	select * from one o
	where left(o.specialty_code, length($3)) = $3 and o.pay is not null
)
select w.last - 2, w.last,
	case when $2::text is not null then (select json_build_object(
		'specialty', nullif($2::text, ''), 'specialty_name', (select s.name
			from specialty_node s where s.code = $2),
		'graduates', count(*),
		'employed', count(*) filter (where x.counts_as_employed),
		'further_study', count(*) filter (
			where x.code in ('80', '85')),
		'in_city', count(*) filter (where x.place = 3),
		'in_province', count(*) filter (where x.place = 2),
		'elsewhere', count(*) filter (where x.place = 1),
		'place_unknown', count(*) filter (
			where x.counts_as_employed and x.place = 0),
		'by_code', (select coalesce(json_agg(json_build_object(
				'code', c.code, 'name', k.name,
				'graduates', c.n) order by c.n desc, c.code),
				'[]')
			from (select y.code, count(*) as n from went y
				group by y.code) c
			left join destination k on k.code = c.code),
		'by_industry', (select coalesce(json_agg(json_build_object(
				'code', c.code, 'name', i.name,
				'graduates', c.n) order by c.n desc, c.code),
				'[]')
			from (select y.section as code, count(*) as n
				from went y where y.section is not null
				group by 1 having count(*) >= 5) c
			join industry i on i.code = c.code),
		'by_occupation', (select coalesce(json_agg(json_build_object(
				'code', c.code, 'name', q.name,
				'graduates', c.n) order by c.n desc, c.code),
				'[]')
			from (select y.occupation as code, count(*) as n
				from went y where y.occupation is not null
				group by 1 having count(*) >= 5) c
			join occupation q on q.code = c.code))
		from went x) end,
	case when $3::text is not null then (select json_build_object(
		'specialty', nullif($3::text, ''), 'specialty_name', (select s.name
			from specialty_node s where s.code = $3),
		'graduates', count(*),
		'first_quartile', pay_band_of(percentile_disc(0.25)
			within group (order by x.pay)),
		'median', pay_band_of(percentile_disc(0.5)
			within group (order by x.pay)),
		'third_quartile', pay_band_of(percentile_disc(0.75)
			within group (order by x.pay)),
		'by_band', (select json_agg(json_build_object(
				'pay_band', pay_band_of(c.pay),
				'graduates', c.n) order by c.pay)
			from (select y.pay, count(*) as n from paid y
				group by y.pay) c))
		from paid x) end
from span w
