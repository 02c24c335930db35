-- The smallest parts of the cohorts, of which all that others may see is made:
-- the year, the school's division, the school, what there is of them (see
-- employment_parts), and how few a group may have.
-- $1 consortium, $2 first and $3 last year, $4 moment or null, $5 what the
-- parts are by: `place` (school and specialty), `sex` or `month`
select a.year, h.division_code, h.id, a.parts,
	(select coalesce((select p.small_group_least from policy p
		where p.consortium_id = $1::uuid
			and p.version = policy_at($1::uuid, now())), 11))
from employment_parts($1::uuid, $2::integer, $3::integer, $4::timestamptz,
	$5::text) a
left join school h on h.consortium_id = $1::uuid and h.id = a.school_id
order by a.year, h.division_code collate "C", h.id
