-- A page of a placement's evaluations, as records/evaluation.h reads them.
-- Student and enterprise see the other's once they have made their own.
-- $1 consortium, $2 placement, $3 owner (student, school or enterprise) or
-- null, $4 id of the last one seen or null, $5 how many
select v.id, v.placement_id, v.made_by, v.score, v.text, v.created_at
from evaluation v
join placement p on p.consortium_id = v.consortium_id
	and p.id = v.placement_id
cross join lateral (select case $3::uuid when p.student_id then 'student'
	when p.enterprise_id then 'enterprise' end) mine (party)
where v.consortium_id = $1::uuid and v.placement_id = $2::uuid
	and (mine.party is null or exists (select from evaluation o
		where o.consortium_id = v.consortium_id
			and o.placement_id = v.placement_id
			and o.made_by = mine.party))
	and ($4::uuid is null or v.id > $4::uuid)
order by v.id
limit $5::bigint
