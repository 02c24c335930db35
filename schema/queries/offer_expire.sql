-- Lets offers expire to which nobody replied in time, in whatever consortium:
-- how many did. What somebody is just deciding is left.
-- $1 how many at most
with due as (
	select o.consortium_id, o.id, o.application_id
	from offer o
	join application a on a.consortium_id = o.consortium_id
		and a.id = o.application_id
	where o.state = 'made' and o.reply_by <= now()
	order by o.reply_by
	limit $1::bigint
	for update of a, o skip locked
), expired as (
	update offer o set state = 'expired',
		actor = '00000000-0000-0000-0000-000000000000'
	from due d
	where o.consortium_id = d.consortium_id and o.id = d.id
	returning 1
), back as (
	update application a set state = 'shortlisted',
		actor = '00000000-0000-0000-0000-000000000000'
	from due d
	where a.consortium_id = d.consortium_id and a.id = d.application_id
)
select count(*) from expired
