-- What the school thinks of a weekly report: its id, or no row.
-- $1 consortium, $2 placement, $3 school, $4 week, $5 mark, $6 note or null,
-- $7 account
update internship_log l set school_mark = $5, school_note = $6,
	actor = $7::uuid
from placement p, student s
where l.consortium_id = $1::uuid and l.placement_id = $2::uuid
	and l.week = $4::integer
	and p.consortium_id = l.consortium_id and p.id = l.placement_id
	and s.consortium_id = p.consortium_id and s.id = p.student_id
	and s.school_id = $3::uuid
returning l.id
