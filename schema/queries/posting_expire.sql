-- Lets published postings expire whose closes_at is past, in whatever
-- consortium, the longest past first: how many did. Those that somebody else
-- is just changing are left for the next time.
-- $1 how many at most
with due as (
	select consortium_id, id from posting
	where state = 'published' and closes_at <= now()
	order by closes_at
	limit $1::bigint
	for update skip locked
), expired as (
	update posting p set state = 'expired',
		actor = '00000000-0000-0000-0000-000000000000'
	from due d
	where p.consortium_id = d.consortium_id and p.id = d.id
	returning 1
)
select count(*) from expired
