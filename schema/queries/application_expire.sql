-- Lets applications expire about which nothing was decided for long, in
-- whatever consortium: how many did. What somebody is just deciding is left.
-- $1 how many at most
with due as (
	select consortium_id, id from application
	where state in ('applied', 'shortlisted', 'interviewing')
		and lapses_at <= now()
	order by lapses_at
	limit $1::bigint
	for update skip locked
), expired as (
	update application a set state = 'expired',
		actor = '00000000-0000-0000-0000-000000000000'
	from due d
	where a.consortium_id = d.consortium_id and a.id = d.id
	returning 1
)
select count(*) from expired
