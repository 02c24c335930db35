-- Whose application it is and to which posting, and what of that bounds an
-- offer.
-- $1 consortium, $2 application, $3 owner (student, enterprise or school) or
-- null
select a.student_id, a.posting_id, p.pay_standard_fen
from application a
join posting p on p.consortium_id = a.consortium_id and p.id = a.posting_id
join student s on s.consortium_id = a.consortium_id and s.id = a.student_id
where a.consortium_id = $1::uuid and a.id = $2::uuid
	and ($3::uuid is null
		or $3::uuid in (a.student_id, a.enterprise_id, s.school_id))
