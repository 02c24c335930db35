-- A page of the appeals against a round, newest first, as records/appeal.h
-- reads them; their students and the students' schools see them, whoever of
-- them made them.
-- $1 consortium, $2 round, $3 owner (student, school or enterprise) or null
-- for the office, $4 state, $5 grounds, each or null, $6 id of the last one
-- seen or null, $7 how many
select a.id, a.round_id, a.made_by, a.student_id, s.name, a.posting_id,
	p.title, a.grounds, a.text, a.state, a.answer, a.version, a.created_at,
	a.updated_at
from appeal a
left join student s on s.consortium_id = a.consortium_id
	and s.id = a.student_id
left join posting p on p.consortium_id = a.consortium_id
	and p.id = a.posting_id
where a.consortium_id = $1::uuid and a.round_id = $2::uuid
	and ($3::uuid is null or $3::uuid in (a.owner_id, a.student_id,
		s.school_id))
	and ($4::text is null or a.state = $4)
	and ($5::text is null or a.grounds = $5)
	and ($6::uuid is null or a.id < $6::uuid)
order by a.id desc
limit $7::bigint
