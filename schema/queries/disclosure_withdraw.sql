-- The student withdraws the consent: whether it had ended before, and nothing
-- was written; no row if there is none of his.
-- $1 consortium, $2 disclosure, $3 student, $4 account
with found as (
	select id, ended_at is not null as is_over from disclosure
	where consortium_id = $1::uuid and id = $2::uuid
		and student_id = $3::uuid
	for update
), ended as (
	update disclosure d set ended_at = now(), ended_because = 'withdrawn',
		actor = $4::uuid
	from found f
	where d.consortium_id = $1::uuid and d.id = f.id and not f.is_over
)
select is_over from found
