-- Keeps why rules of kind warn were passed over in a placement or its agreement.
-- $1 consortium, $2 placement, $3 level, $4 kind of the subject, $5 account, $6
-- rules, $7 the reasons given for them, $8 their ids
insert into rule_reason (consortium_id, id, rule, level, subject_kind,
	subject_id, enterprise_id, school_id, reason, created_by)
select p.consortium_id, n.id, n.rule, $3, $4, p.id, p.enterprise_id,
	s.school_id, n.reason, $5::uuid
from placement p
join student s on s.consortium_id = p.consortium_id and s.id = p.student_id,
	unnest($6::text[], $7::text[], $8::uuid[]) as n (rule, reason, id)
where p.consortium_id = $1::uuid and p.id = $2::uuid
