-- The internships that a round places into, as records/match_input.h reads
-- them, and behind that the group and the seats left: those published by
-- verified enterprises; openings are those of when the round closed, or what the
-- office has approved since.
-- $1 consortium, $2 first day, $3 last day, $4 round
select p.id, p.kind, array_to_string(p.targets, ' '), p.occupation_code,
	p.division_code, p.pay_min_fen, p.pay_max_fen, p.period_start,
	p.period_end, p.min_education, p.min_age, p.labour_grade,
	p.day_minutes, p.week_minutes, p.exception_filing is not null,
	array_to_string(p.conditions, ' '),
	array_to_string(p.required_skills, E'\x1f'),
	array_to_string(p.preferred_skills, E'\x1f'),
	array_to_string(p.required_certificates, E'\x1f'),
	array_to_string(p.preferred_certificates, E'\x1f'),
	(extract(epoch from p.published_at) * 1000000)::bigint,
	p.title, p.enterprise_id, e.name, null, null, null,
	coalesce(p.post_category_id, p.enterprise_id),
	greatest(coalesce(k.openings, p.openings) - (
		select count(*) from placement t
		where t.consortium_id = p.consortium_id and t.posting_id = p.id
			and t.state in ('accepted', 'agreement_signed',
				'started')
			and daterange(t.period_start, t.period_end, '[]')
				&& daterange($2::date, $3::date, '[]')), 0)
from posting p
join enterprise e on e.consortium_id = p.consortium_id
	and e.id = p.enterprise_id and e.state = 'verified'
left join round_seats k on k.consortium_id = p.consortium_id
	and k.round_id = $4::uuid and k.posting_id = p.id
where p.consortium_id = $1::uuid and p.state = 'published'
	and p.kind = 'internship'
order by p.id
