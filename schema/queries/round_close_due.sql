-- Closes open rounds whose time for wishes is over; returns how many.
-- $1 how many at most
with due as (
	select consortium_id, id from round
	where state = 'open' and closes_at <= now()
	order by closes_at, id
	limit $1::bigint
	for update skip locked
), moved as (
	update round r set state = 'closed',
		actor = '00000000-0000-0000-0000-000000000000'
	from due
	where r.consortium_id = due.consortium_id and r.id = due.id
	returning r.id
)
select count(*) from moved
