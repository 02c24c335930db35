-- Ends an exemption sooner than was granted; one that is still to come may
-- so never hold. What came of it: ended, over (there is nothing to end) or
-- range (the day is past, or no sooner); no row where there is no such one.
-- $1 consortium, $2 exemption, $3 last day or null: today, and of one to come
-- no day at all, $4 reason, $5 account
with found as (
	select o.id, upper(o.days) - 1 as last_day, o.starts_on,
		quota_override_state(o) as state
	from quota_override o
	where o.consortium_id = $1::uuid and o.id = $2::uuid
	for update
), wanted as (
	select f.*, greatest(f.starts_on - 1, coalesce($3::date,
			case f.state when 'coming' then f.starts_on - 1
				else today_in_china() end)) as day
	from found f
), ended as (
	update quota_override o set ended_on = w.day, ended_why = $4,
		actor = $5::uuid
	from wanted w
	where o.consortium_id = $1::uuid and o.id = w.id
		and w.state in ('coming', 'holding')
		and w.day between today_in_china() - 1 and w.last_day - 1
	returning o.id
)
select case when exists (select from ended) then 'ended'
	when w.state in ('coming', 'holding') then 'range'
	else 'over' end
from wanted w
