-- A student complains of an enterprise, or an enterprise of a student who
-- applied there or was placed: its id, or no row where there is no such other.
-- $1 consortium, $2 complaint, $3 who makes it, $4 student, $5 enterprise,
-- $6 subject, $7 text, $8 account
insert into complaint (consortium_id, id, made_by, student_id, enterprise_id,
	subject, text, created_by)
select s.consortium_id, $2::uuid, $3, s.id, e.id, $6, $7, $8::uuid
from student s
join enterprise e on e.consortium_id = s.consortium_id
where s.consortium_id = $1::uuid and s.id = $4::uuid and e.id = $5::uuid
	and ($3 = 'student'
		or exists (select from application a
			where a.consortium_id = s.consortium_id
				and a.student_id = s.id
				and a.enterprise_id = e.id)
		or exists (select from placement t
			where t.consortium_id = s.consortium_id
				and t.student_id = s.id
				and t.enterprise_id = e.id))
returning id
