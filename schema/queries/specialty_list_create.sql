-- Keeps an edition of the three lists as it was drawn up.
-- $1 consortium, $2 list, $3 name, $4 last cohort, $5 version of the policy or
-- null, $6 the rule, $7 the entries, each as JSON, $8 account
select make_specialty_list($1::uuid, $2::uuid, $3, $4::integer, $5::integer,
	$6::json, $7::json, $8::uuid)
