-- The students of a round, as records/match_input.h reads them, and whether
-- each put a list of wishes: active, and with no seat yet in the round's
-- period. Those who put none only if they are asked for, and those whose list
-- does not count, by the round's policy, not at all.
-- Of a run again also all who stay, and nobody who is out of the round.
-- Of a round that follows another only those who are without a place of that;
-- nor with one of a round that comes after, unless they are let go from it.
-- $1 consortium, $2 round, $3 first day, $4 last day, $5 those without a list
-- too, $6 run
select s.id, s.specialty_code, s.entry_year, s.birth_date, s.sex,
	s.home_division_code, c.division_code,
	array_to_string(s.willing_division_codes, ' '),
	s.available_from, s.available_to, s.pay_min_fen,
	array_to_string(s.skills, E'\x1f'),
	array_to_string(s.certificates, E'\x1f'), s.is_willing_anywhere, s.school_id,
	l.student_id is not null
from student s
join school c on c.consortium_id = s.consortium_id and c.id = s.school_id
left join wish_list l on l.consortium_id = s.consortium_id
	and l.round_id = $2::uuid and l.student_id = s.id
where s.consortium_id = $1::uuid and (s.id in (
		select student_id from priors_of_run($1::uuid, $6::uuid)
		where is_pinned)
	or s.state = 'active' and case
		when l.student_id is null then $5::boolean
		when l.certified_at is not null then true
		else (select p.counted_lists = 'all' from round r
			join policy p on p.consortium_id = r.consortium_id
				and p.version = r.policy_version
			where r.consortium_id = $1::uuid and r.id = $2::uuid)
	end
	and (not exists (select from round r where r.consortium_id = $1::uuid
			and r.id = $2::uuid and r.follows is not null)
		or s.id in (select student_id
			from round_students($1::uuid, $2::uuid)))
	and not exists (
		select from placement t
		where t.consortium_id = s.consortium_id and t.student_id = s.id
			and (t.state in ('accepted', 'agreement_signed',
					'started')
				or t.state = 'proposed' and t.round_id in (
					select id from rounds_after($1::uuid,
						$2::uuid)))
			and daterange(t.period_start, t.period_end, '[]')
				&& daterange($3::date, $4::date, '[]')
			and not coalesce(t.round_id
				= (select round_of_run_again($1::uuid,
					$6::uuid)),
				false)
			and not (t.state in ('proposed', 'accepted')
				and t.round_id in (select id
					from rounds_after($1::uuid, $2::uuid))
				and exists (select from run_release x
					where x.consortium_id = $1::uuid
						and x.run_id = $6::uuid
						and x.student_id = s.id)))
	and ((select round_of_run_again($1::uuid, $6::uuid)) is null
		or not is_out_of_run($1::uuid, $6::uuid, s.id)))
order by s.id
