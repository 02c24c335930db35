-- A page of follow-ups, graduate by graduate, as records/follow_up.h reads them.
-- $1 consortium, $2 owner (student or school) or null, $3 graduation year, $4
-- months, $5 school, $6 specialty, class or category, $7 student, $8 status,
-- each or null, $9 and $10 the student and the months of the last one seen or
-- null, $11 how many, $12 month of graduation, $13 level, $14 sex, $15 the
-- schools' division, each or null
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
cross join unnest(array[6, 12, 18, 24]) m (months)
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
	and ($2::uuid is null or $2::uuid in (s.id, s.school_id))
	and ($3::integer is null or s.graduates_on
		between make_date($3::integer, 1, 1)
			and make_date($3::integer, 12, 31))
	and ($4::integer is null or m.months = $4::integer)
	and ($5::uuid is null or s.school_id = $5::uuid)
	and ($6::text is null or left(s.specialty_code, length($6)) = $6)
	and ($7::uuid is null or s.id = $7::uuid)
	and ($8::text is null or $8 = follow_up_status(w.due_on,
		f.id is not null, f.acknowledged_at is not null,
		today_in_china()))
	and ($12::integer is null
		or extract(month from s.graduates_on) = $12::integer)
	and ($13::text is null or s.level = $13)
	and ($14::text is null or coalesce(s.sex, 'unknown') = $14)
	and ($15::text is null or c.division_code = $15)
	and ($9::uuid is null
		or (s.id, m.months) > ($9::uuid, $10::integer))
order by s.id, m.months
limit $11::bigint
