-- A page of what a run made of a school's students, as records/round_page.h
-- reads them.
-- $1 consortium, $2 run, $3 school, $4 whether placed, $5 why, $6 start of the
-- specialty's code, $7 class, each or null, $8 id of the last one seen or null,
-- $9 how many
select s.id, s.student_number, s.name, s.specialty_code, y.name, s.class_name,
	rp.student_id is not null,
	rp.posting_id, p.title, p.enterprise_id, e.name, rp.choice, rp.score,
	t.state, n.why, n.choice, n.gap,
	(select count(*) from run_left_out o
		where o.consortium_id = s.consortium_id and o.run_id = $2::uuid
			and o.student_id = s.id),
	exists (select from run_proposal o
		where o.consortium_id = s.consortium_id and o.run_id = $2::uuid
			and o.student_id = s.id)
from student s
join specialty y on y.code = s.specialty_code
left join run_placement rp on rp.consortium_id = s.consortium_id
	and rp.run_id = $2::uuid and rp.student_id = s.id
left join run_unplaced n on n.consortium_id = s.consortium_id
	and n.run_id = $2::uuid and n.student_id = s.id
left join posting p on p.consortium_id = rp.consortium_id
	and p.id = rp.posting_id
left join enterprise e on e.consortium_id = p.consortium_id
	and e.id = p.enterprise_id
left join lateral (select x.id, x.state from placement x
	where x.consortium_id = rp.consortium_id
		and x.round_id = (select u.round_id from run u
			where u.consortium_id = $1::uuid and u.id = $2::uuid)
		and x.student_id = rp.student_id
		and x.posting_id = rp.posting_id
	order by x.id desc limit 1) t on true
where s.consortium_id = $1::uuid and s.school_id = $3::uuid
	and (rp.student_id is not null or n.student_id is not null)
	and ($4::boolean is null or $4 = (rp.student_id is not null))
	and ($5::text is null or n.why = $5)
	and ($6::text is null or s.specialty_code like $6 || '%')
	and ($7::text is null or s.class_name = $7)
	and ($8::uuid is null or s.id > $8::uuid)
order by s.id
limit $9::bigint
