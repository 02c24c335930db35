-- The students who gave wishes in a round, as records/match_input.h reads
-- them: active, and with no seat yet in the round's period.
-- $1 consortium, $2 round, $3 first day, $4 last day
select s.id, s.specialty_code, s.entry_year, s.birth_date, s.sex,
	s.home_division_code, c.division_code,
	array_to_string(s.willing_division_codes, ' '),
	s.available_from, s.available_to, s.pay_min_fen,
	array_to_string(s.skills, E'\x1f'),
	array_to_string(s.certificates, E'\x1f'), s.is_willing_anywhere
from wish_list l
join student s on s.consortium_id = l.consortium_id and s.id = l.student_id
join school c on c.consortium_id = s.consortium_id and c.id = s.school_id
where l.consortium_id = $1::uuid and l.round_id = $2::uuid
	and s.state = 'active'
	and not exists (
		select from placement t
		where t.consortium_id = s.consortium_id and t.student_id = s.id
			and t.state in ('accepted', 'agreement_signed',
				'started')
			and daterange(t.period_start, t.period_end, '[]')
				&& daterange($3::date, $4::date, '[]'))
order by s.id
