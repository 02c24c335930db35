-- A page of whom a run places with an enterprise, by posting, best score first,
-- as records/round_page.h reads them. To the enterprise itself a student has a
-- name while that is disclosed to it.
-- $1 consortium, $2 run, $3 enterprise, $4 owner or null, $5 posting or null,
-- $6 posting, $7 score and $8 student of the last one seen or null, $9 how many
select rp.posting_id, p.title, p.post_category_id, rp.student_id,
	case when v.is_shown then s.name end, s.specialty_code, y.name,
	rp.score, rp.choice, t.id, t.state
from run_placement rp
join posting p on p.consortium_id = rp.consortium_id and p.id = rp.posting_id
join student s on s.consortium_id = rp.consortium_id and s.id = rp.student_id
join specialty y on y.code = s.specialty_code
cross join lateral (select $4::uuid is null
	or is_disclosed(rp.consortium_id, rp.student_id, p.enterprise_id))
	v (is_shown)
left join lateral (select x.id, x.state from placement x
	where x.consortium_id = rp.consortium_id
		and x.round_id = (select u.round_id from run u
			where u.consortium_id = $1::uuid and u.id = $2::uuid)
		and x.student_id = rp.student_id
		and x.posting_id = rp.posting_id
	order by x.id desc limit 1) t on true
where rp.consortium_id = $1::uuid and rp.run_id = $2::uuid
	and p.enterprise_id = $3::uuid
	and ($5::uuid is null or rp.posting_id = $5::uuid)
	and ($6::uuid is null or (rp.posting_id, -rp.score, rp.student_id)
		> ($6::uuid, -$7::integer, $8::uuid))
order by rp.posting_id, rp.score desc, rp.student_id
limit $9::bigint
