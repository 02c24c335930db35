-- Writes the rows of a school's file of destinations, or only says what would
-- become of them: n, the student, whether a record was known, is made anew, is
-- changed; then what refuses it, in the order of
-- records/destination_import_kind.c.
-- $1 consortium, $2 school, $3 account, $4 rows (JSON), $5 whether to write, $6
-- whether known ones are changed
select r.n, r.id, r.is_known, r.is_new, r.is_changed,
	f.what = 'destination_student_is_here',
	f.what = 'destination_names_student',
	f.what = 'destination_is_of_a_cohort',
	f.what = 'graduate_destination_code_fkey',
	f.what = 'destination_name_is_known',
	f.what = 'destination_name_agrees',
	f.what = 'graduate_destination_nature_fkey',
	f.what = 'destination_nature_is_known',
	f.what = 'graduate_destination_industry_fkey',
	f.what = 'destination_industry_is_known',
	f.what = 'graduate_destination_division_fkey',
	f.what = 'graduate_destination_occupation_fkey',
	f.what = 'graduate_destination_names_unit',
	f.what = 'graduate_destination_unplaced_has_none',
	f.what = 'graduate_destination_evidence_is_whole',
	f.what = 'graduate_destination_correction_has_reason',
	f.what = 'destination_rule_4_8',
	f.what = 'destination_rule_4_10',
	f.what not in ('', 'destination_student_is_here',
		'destination_names_student', 'destination_is_of_a_cohort',
		'graduate_destination_code_fkey', 'destination_name_is_known',
		'destination_name_agrees', 'graduate_destination_nature_fkey',
		'destination_nature_is_known',
		'graduate_destination_industry_fkey',
		'destination_industry_is_known',
		'graduate_destination_division_fkey',
		'graduate_destination_occupation_fkey',
		'graduate_destination_names_unit',
		'graduate_destination_unplaced_has_none',
		'graduate_destination_evidence_is_whole',
		'graduate_destination_correction_has_reason',
		'destination_rule_4_8', 'destination_rule_4_10')
from import_destinations($1::uuid, $2::uuid, $3::uuid, $4::jsonb, $5::boolean,
	$6::boolean) r
cross join lateral (select coalesce(r.refused, '')) f (what)
order by r.n
