-- The internships that a round places into, as records/match_input.h reads
-- them, and behind that the group and the seats left: those published by
-- verified enterprises; openings are those of when the round closed, or what the
-- office has approved since. Of a run again, also those that keep somebody, with
-- as many seats as they keep, and who is there by the round counts by pins.
-- What stands of the rounds before and after is taken.
-- $1 consortium, $2 first day, $3 last day, $4 round, $5 run
with pinned as (
	select posting_id, count(*) as seats
	from priors_of_run($1::uuid, $5::uuid) where is_pinned
	group by 1
)
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
	case when p.state <> 'published' or e.state <> 'verified'
		then n.seats
		else greatest(coalesce(k.openings, p.openings) - (
		select count(*) from placement t
		where t.consortium_id = p.consortium_id and t.posting_id = p.id
			and (t.state in ('accepted', 'agreement_signed',
					'started')
				or t.state = 'proposed' and t.round_id in (
					select id from rounds_beside($1::uuid,
						$4::uuid)))
			and daterange(t.period_start, t.period_end, '[]')
				&& daterange($2::date, $3::date, '[]')
			and not coalesce(t.round_id
				= (select round_of_run_again($1::uuid,
					$5::uuid)),
				false)), 0) end
from posting p
join enterprise e on e.consortium_id = p.consortium_id
	and e.id = p.enterprise_id
left join pinned n on n.posting_id = p.id
left join round_seats k on k.consortium_id = p.consortium_id
	and k.round_id = $4::uuid and k.posting_id = p.id
where p.consortium_id = $1::uuid and p.kind = 'internship'
	and (n.seats > 0 or (p.state = 'published'
		and e.state = 'verified'))
order by p.id
