-- The days that indicators are counted of and those to compare them with, the
-- cohort of graduates, today, whose they are, how few graduates are hidden, and
-- the editions of the three lists that stood at the end of both; as
-- endpoints/indicator_steps.c reads them. The days of a year end today at the
-- latest.
-- $1 consortium, $2 year, $3 first and $4 last day, each or null
with asked as (
	select coalesce($3::date, make_date(coalesce($2::integer, extract(year
			from coalesce($4::date, today_in_china()))::integer),
			1, 1)) as first_day,
		coalesce($4::date, case when $3::date is null
			then least(today_in_china(), make_date(coalesce(
				$2::integer, extract(year
				from today_in_china())::integer), 12, 31))
			else today_in_china() end) as last_day
), period as (
	select a.first_day, a.last_day,
		case when $3::date is null and $4::date is null
			then (a.first_day - interval '1 year')::date
			else a.first_day - (a.last_day - a.first_day + 1) end
			as first_before,
		case when $3::date is null and $4::date is null
			then (a.last_day - interval '1 year')::date
			else a.first_day - 1 end as last_before
	from asked a
)
select p.first_day, p.last_day, p.first_before, p.last_before,
	extract(year from p.last_day)::integer, today_in_china(),
	(select c.name from consortium c where c.id = $1::uuid),
	coalesce((select p.small_group_least from policy p
		where p.consortium_id = $1::uuid
			and p.version = policy_at($1::uuid, now())), 11),
	specialty_list_at($1::uuid, china_midnight(p.last_day + 1)),
	specialty_list_at($1::uuid, china_midnight(p.last_before + 1))
from period p
