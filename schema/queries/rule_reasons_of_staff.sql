-- Keeps why a count of staff stands that allows fewer interns than are there.
-- $1 consortium, $2 enterprise, $3 kind of the subject, $4 subject, $5 account,
-- $6 rules, $7 the reasons given for them, $8 their ids
insert into rule_reason (consortium_id, id, rule, level, subject_kind,
	subject_id, enterprise_id, reason, created_by)
select $1::uuid, n.id, n.rule, 'declare', $3, $4::uuid, $2::uuid, n.reason,
	$5::uuid
from unnest($6::text[], $7::text[], $8::uuid[]) as n (rule, reason, id)
