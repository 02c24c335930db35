-- A page of the reminders of a round, newest first: id, round, kind, student,
-- posting, its title, when.
-- $1 consortium, $2 round, $3 owner (student, school of the student, enterprise
-- of the posting) or null, $4 kind or null, $5 time and $6 id of the last one
-- seen or null, $7 how many
select m.id, m.round_id, m.kind, m.student_id, m.posting_id, p.title,
	m.created_at
from round_reminder m
left join student s on s.consortium_id = m.consortium_id
	and s.id = m.student_id
left join posting p on p.consortium_id = m.consortium_id
	and p.id = m.posting_id
where m.consortium_id = $1::uuid and m.round_id = $2::uuid
	and ($3::uuid is null
		or $3::uuid in (m.student_id, s.school_id, p.enterprise_id))
	and ($4::text is null or m.kind = $4)
	and ($5::timestamptz is null
		or (m.created_at, m.id) < ($5::timestamptz, $6::uuid))
order by m.created_at desc, m.id desc
limit $7::bigint
