-- A page of placements, newest first, as records/placement.h reads them; an
-- enterprise sees whose they are while that is disclosed to it, and
-- never the school's number.
-- $1 consortium, $2 owner (student, school or enterprise) or null, $3 round,
-- $4 posting, $5 enterprise, $6 student, $7 state, each or null, $8 id of the
-- last one seen or null, $9 how many; of those that began: $10 first and $11
-- last day of it, $12 how near the specialty: 'specialty', 'class', 'category'
-- or 'any', $13 rule that was kept, $14 rule that was not, or 'any', each or
-- null
select p.id, p.round_id, p.run_id, p.student_id, p.posting_id, p.enterprise_id,
	p.post_category_id, p.period_start, p.period_end, p.score, p.choice,
	p.state, p.version, p.created_at, p.updated_at, p.origin, p.offer_id,
	p.approved_at, p.started_on, p.ended_on,
	coalesce(t.title, p.title), e.name, case when v.is_shown then s.name end,
	case when $2::uuid is distinct from p.enterprise_id
		then s.student_number end,
	exists (select from run_proposal o
		where o.consortium_id = p.consortium_id and o.run_id = p.run_id
			and o.student_id = p.student_id),
	p.decide_by,
	c.score, c.rank, c.lottery, c.binding
from placement p
left join posting t on t.consortium_id = p.consortium_id
	and t.id = p.posting_id
join enterprise e on e.consortium_id = p.consortium_id
	and e.id = p.enterprise_id
join student s on s.consortium_id = p.consortium_id and s.id = p.student_id
cross join lateral (select $2::uuid is distinct from p.enterprise_id
	or is_disclosed(p.consortium_id, p.student_id, p.enterprise_id))
	v (is_shown)
left join run_cutoff c on c.consortium_id = p.consortium_id
	and c.run_id = p.run_id and c.posting_id = p.posting_id
where p.consortium_id = $1::uuid
	and ($2::uuid is null
		or $2::uuid in (p.student_id, p.enterprise_id, s.school_id))
	and ($3::uuid is null or p.round_id = $3::uuid)
	and ($4::uuid is null or p.posting_id = $4::uuid)
	and ($5::uuid is null or p.enterprise_id = $5::uuid)
	and ($6::uuid is null or p.student_id = $6::uuid)
	and ($7::text is null or p.state = $7)
	and (num_nonnulls($10::date, $11::date, $12::text, $13::text,
			$14::text) = 0
		or exists (select from internship_start b
			where b.consortium_id = p.consortium_id and b.id = p.id
				and ($10 is null or b.started_on >= $10)
				and ($11 is null or b.started_on <= $11)
				and ($12 is null or b.tier <= case $12
					when 'specialty' then 1
					when 'class' then 3
					when 'category' then 4 else 5 end)
				and ($13 is null or not $13 = any(b.broken))
				and ($14 is null or $14 = any(b.broken)
					or ($14 = 'any'
						and b.broken <> '{}'))))
	and ($8::uuid is null or p.id < $8::uuid)
order by p.id desc
limit $9::bigint
