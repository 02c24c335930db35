-- Where those of the last three cohorts went, and what they earn: two objects,
-- each null where nothing may be shown. Of industries and occupations those
-- that at least five went to.
-- $1 consortium, $2 specialty, class or category that may be shown, empty for
-- all, or null, $3 the same of those who said what they earn
with span as materialized (
	select guided_last_year() as last
), went as materialized (
	select g.cut, g.word, sum(g.n) as n
	from span w
	cross join lateral guided_counts($1::uuid, w.last - 2, w.last, $2,
		array['code', 'place', 'industry', 'occupation']) g
	group by 1, 2
	having sum(g.n) > 0
), paid as materialized (
	select g.word::integer as pay, sum(g.n) as n,
		sum(sum(g.n)) over (order by g.word::integer) as until
	from span w
	cross join lateral guided_counts($1::uuid, w.last - 2, w.last, $3,
		array['pay']) g
	group by 1
	having sum(g.n) > 0
)
select w.last - 2, w.last,
	case when $2::text is not null then (select json_build_object(
		'specialty', nullif($2::text, ''), 'specialty_name', (select s.name
			from specialty_node s where s.code = $2),
		'graduates', coalesce(sum(x.n) filter (
			where x.cut = 'code'), 0),
		'employed', coalesce(sum(x.n) filter (
			where x.cut = 'place'), 0),
		'further_study', coalesce(sum(x.n) filter (
			where x.cut = 'code' and x.word in ('80', '85')), 0),
		'in_city', coalesce(sum(x.n) filter (
			where x.cut = 'place' and x.word = '3'), 0),
		'in_province', coalesce(sum(x.n) filter (
			where x.cut = 'place' and x.word = '2'), 0),
		'elsewhere', coalesce(sum(x.n) filter (
			where x.cut = 'place' and x.word = '1'), 0),
		'place_unknown', coalesce(sum(x.n) filter (
			where x.cut = 'place' and x.word = '0'), 0),
		'by_code', (select coalesce(json_agg(json_build_object(
				'code', c.word, 'name', k.name,
				'graduates', c.n) order by c.n desc, c.word),
				'[]')
			from went c
			left join destination k on k.code = c.word
			where c.cut = 'code'),
		'by_industry', (select coalesce(json_agg(json_build_object(
				'code', c.code, 'name', i.name,
				'graduates', c.n) order by c.n desc, c.code),
				'[]')
			from (select y.section as code, sum(c.n) as n
				from went c
				join industry y on y.code = c.word
				where c.cut = 'industry'
				group by 1 having sum(c.n) >= 5) c
			join industry i on i.code = c.code),
		'by_occupation', (select coalesce(json_agg(json_build_object(
				'code', c.word, 'name', q.name,
				'graduates', c.n) order by c.n desc, c.word),
				'[]')
			from went c
			join occupation q on q.code = c.word
			where c.cut = 'occupation' and c.n >= 5))
		from went x) end,
	case when $3::text is not null then (select json_build_object(
		'specialty', nullif($3::text, ''), 'specialty_name', (select s.name
			from specialty_node s where s.code = $3),
		'graduates', coalesce(sum(x.n), 0),
		'first_quartile', pay_band_of((min(x.pay) filter (
			where 4 * x.until >= a.n))),
		'median', pay_band_of((min(x.pay) filter (
			where 2 * x.until >= a.n))),
		'third_quartile', pay_band_of((min(x.pay) filter (
			where 4 * x.until >= 3 * a.n))),
		'by_band', json_agg(json_build_object(
			'pay_band', pay_band_of(x.pay), 'graduates', x.n)
			order by x.pay))
		from paid x
		cross join (select sum(y.n) as n from paid y) a) end
from span w
