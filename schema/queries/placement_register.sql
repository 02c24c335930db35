-- Registers an internship that a student has found: its id, or no row where
-- the student is not active or there is no such verified enterprise.
-- $1 consortium, $2 placement, $3 student, $4 enterprise, $5 title, $6 first
-- day, $7 last day, $8 account
insert into placement (consortium_id, id, origin, student_id, enterprise_id,
	title, period_start, period_end, created_by)
select s.consortium_id, $2::uuid, 'self_found', s.id, e.id, $5, $6::date,
	$7::date, $8::uuid
from student s
join enterprise e on e.consortium_id = s.consortium_id
where s.consortium_id = $1::uuid and s.id = $3::uuid and e.id = $4::uuid
	and s.state = 'active' and e.state = 'verified'
returning id
