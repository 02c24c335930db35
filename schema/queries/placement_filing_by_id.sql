-- The filing of a placement as records/filing.h reads it; version 0 where there
-- is none.
-- $1 consortium, $2 placement, $3 owner (student, school or enterprise) or null
select p.id, placement_is_far(p), f.consented_by, f.consent_number,
	f.consented_on, f.filed_with, f.filing_number, f.filed_on,
	coalesce(f.version, 0), f.updated_at
from placement p
join student s on s.consortium_id = p.consortium_id and s.id = p.student_id
left join placement_filing f on f.consortium_id = p.consortium_id
	and f.id = p.id
where p.consortium_id = $1::uuid and p.id = $2::uuid
	and ($3::uuid is null
		or $3::uuid in (p.student_id, p.enterprise_id, s.school_id))
