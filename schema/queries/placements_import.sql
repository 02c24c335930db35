-- Writes the rows of a school's file of nominations, or only says what would
-- become of them: n, the placement, whether it was known, is made anew, is
-- changed; then what refuses it: a party that is not there, other days than
-- those proposed, another proposal of the same, days in no order, anything else.
-- $1 consortium, $2 school, $3 account, $4 rows (JSON, as
-- commands/work_import_pairs.c writes them), $5 whether to write, $6 whether
-- known ones are left as they are
select r.n, r.id, r.is_known, r.is_new, r.is_changed,
	f.what = 'placement_parties_are_there',
	f.what = 'placement_days_stay',
	f.what = 'placement_one_proposed',
	f.what = 'placement_period_in_order',
	f.what not in ('', 'placement_parties_are_there',
		'placement_days_stay', 'placement_one_proposed',
		'placement_period_in_order')
from import_placements($1::uuid, $2::uuid, $3::uuid, $4::jsonb, $5::boolean,
	$6::boolean) r
cross join lateral (select coalesce(r.refused, '')) f (what)
order by r.n
