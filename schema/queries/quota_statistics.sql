-- How a consortium's verified enterprises stand: all of them first (no code,
-- no name), then by what is asked for; as records/quota_standing.h reads it.
-- $1 consortium, $2 day or null: today, $3 'industry' (its section), 'size' or
-- 'division'
with line as (
	select q.*, case $3::text when 'industry' then i.section
			when 'division' then e.division_code
			else q.size_class end as code
	from quota_standings($1::uuid, coalesce($2::date, today_in_china())) q
	join enterprise e on e.consortium_id = $1::uuid
		and e.id = q.enterprise_id
	join industry i on i.code = e.industry_code
), summed as (
	select grouping(l.code) = 1 as is_all, l.code, count(*) as enterprises,
		count(*) filter (where present < floor_seats) as short,
		coalesce(sum(floor_seats), 0) as floor_seats,
		coalesce(sum(cap_seats), 0) as cap_seats,
		coalesce(sum(present), 0) as present,
		coalesce(sum(started), 0) as started,
		coalesce(sum(committed), 0) as committed,
		coalesce(sum(greatest(floor_seats - present, 0)), 0)
			as shortfall,
		coalesce(sum(greatest(cap_seats - present, 0)), 0) as headroom
	from line l
	group by grouping sets ((), (l.code))
)
select s.is_all, s.code, case $3::text
		when 'industry' then (select i.name from industry i
			where i.code = s.code)
		when 'division' then (select d.name from division d
			where d.code = s.code)
		else s.code end,
	s.enterprises, s.short, s.floor_seats, s.cap_seats, s.present,
	s.started, s.committed, s.shortfall, s.headroom,
	coalesce($2::date, today_in_china()),
	policy_on($1::uuid, coalesce($2::date, today_in_china()))
from summed s
order by s.is_all desc, s.code
