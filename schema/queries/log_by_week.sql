-- One weekly report as records/internship_log.h reads it.
-- $1 consortium, $2 placement, $3 owner (student, school or enterprise) or
-- null, $4 week
select l.id, l.placement_id, l.week, p.started_on + 7 * (l.week - 1), l.text,
	l.is_late, l.school_mark, l.school_note, l.enterprise_mark,
	l.enterprise_note, l.version, l.created_at, l.updated_at
from internship_log l
join placement p on p.consortium_id = l.consortium_id
	and p.id = l.placement_id
join student s on s.consortium_id = p.consortium_id and s.id = p.student_id
where l.consortium_id = $1::uuid and l.placement_id = $2::uuid
	and l.week = $4::integer
	and ($3::uuid is null
		or $3::uuid in (p.student_id, p.enterprise_id, s.school_id))
