-- Where a graduate is so many months later, as records/follow_up.h reads it;
-- version 0 where nothing is said yet.
-- $1 consortium, $2 student, $3 owner (student or school) or null, $4 months
select s.id, m.months, s.student_number, s.name, s.school_id, c.name,
	s.specialty_code, p.name, s.level, s.graduates_on, w.due_on,
	(w.due_on + interval '6 months')::date,
	follow_up_status(w.due_on, f.id is not null,
		f.acknowledged_at is not null, today_in_china()),
	f.code, k.name, f.employer_name, f.employer_uscc, f.unit_nature_code,
	f.industry_code, f.division_code, f.occupation_code, f.pay_band,
	f.is_aligned, f.evidence_kind, f.evidence_sha256,
	is_same_employer(f, d), f.acknowledged_at, f.verified_at,
	f.evidence_level, coalesce(f.version, 0), f.created_at, f.updated_at
from student s
cross join (select $4::integer) m (months)
join school c on c.consortium_id = s.consortium_id and c.id = s.school_id
join specialty p on p.code = s.specialty_code
left join follow_up f on f.consortium_id = s.consortium_id and f.id = s.id
	and f.months = m.months
left join destination k on k.code = f.code
left join graduate_destination d on d.consortium_id = s.consortium_id
	and d.id = s.id
cross join lateral (select follow_up_due_on(s.graduates_on, m.months))
	w (due_on)
where s.consortium_id = $1::uuid and s.graduates_on is not null
	and s.state <> 'left'
	and s.id = $2::uuid
	and ($3::uuid is null or $3::uuid in (s.id, s.school_id))
