-- Writes the rows of a file of enterprises, or only says what would become of
-- them: n, the enterprise, whether it was known, is made anew, is changed; then
-- what refuses it: an unknown industry, division or nature of the unit, a count
-- of a day to come, an account that answers for it, anything else.
-- $1 consortium, $2 null: they belong to the consortium, $3 account, $4 rows
-- (JSON), $5 whether to write, $6 whether known ones are changed
select r.n, r.id, r.is_known, r.is_new, r.is_changed,
	r.refused is not distinct from 'enterprise_industry_code_fkey',
	r.refused is not distinct from 'enterprise_division_code_fkey',
	r.refused is not distinct from 'enterprise_unit_nature_code_fkey',
	r.refused is not distinct from 'enterprise_staff_day_is_past',
	r.refused is not distinct from 'enterprise_answers_for_itself',
	r.refused is not null and r.refused not in (
		'enterprise_industry_code_fkey',
		'enterprise_division_code_fkey',
		'enterprise_unit_nature_code_fkey',
		'enterprise_staff_day_is_past',
		'enterprise_answers_for_itself')
from import_enterprises($1::uuid, $3::uuid, $4::jsonb, $5::boolean,
	$6::boolean) r
where $2::uuid is null
order by r.n
