-- Lets proposals of rounds lapse that nobody answered in time, in whatever
-- consortium: how many did. What somebody is just answering is left.
-- $1 how many at most
with due as (
	select consortium_id, id from placement
	where state = 'proposed' and decide_by <= now()
	order by decide_by
	limit $1::bigint
	for update skip locked
), lapsed as (
	update placement p set state = 'lapsed',
		actor = '00000000-0000-0000-0000-000000000000'
	from due d
	where p.consortium_id = d.consortium_id and p.id = d.id
	returning 1
)
select count(*) from lapsed
