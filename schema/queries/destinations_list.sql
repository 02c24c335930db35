-- A page of graduates and where they went, in the order they came, as
-- records/graduate_destination.h reads them; an enterprise sees those it is
-- asked about.
-- $1 consortium, $2 owner (school or enterprise) or null, $3 graduation year,
-- $4 month, $5 school, $6 specialty, class or category, $7 level, $8 sex, $9
-- the schools' division, each or null, $10 category: a code, or `none`, $11
-- state, $12 least level of evidence, $13 division of the work or its
-- beginning, each or null, $14 id of the last one seen or null, $15 how many,
-- $16 what they count as in the rates or null
select s.id, case when v.is_inside then s.student_number end, s.name,
	s.school_id, c.name, s.specialty_code, p.name, s.level,
	case when v.is_inside then s.sex end, s.graduates_on, d.code, k.name,
	d.employer_name, d.employer_uscc, d.unit_nature_code, d.industry_code,
	d.division_code, d.occupation_code, d.started_on,
	case when v.is_inside then d.pay_band end,
	d.is_aligned, d.evidence_kind, d.evidence_sha256,
	coalesce(d.is_employer_asked, false), d.acknowledged_at,
	d.confirmed_at, d.verified_at, d.evidence_level, d.state,
	z.id is not null, coalesce(d.version, 0), d.created_at, d.updated_at
from student s
join school c on c.consortium_id = s.consortium_id and c.id = s.school_id
join specialty p on p.code = s.specialty_code
left join graduate_destination d on d.consortium_id = s.consortium_id
	and d.id = s.id
left join destination k on k.code = d.code
left join enterprise n on n.consortium_id = s.consortium_id
	and n.uscc = d.employer_uscc and n.state = 'verified'
	and d.is_employer_asked
left join lateral (select x.id from destination_freeze x
	where x.consortium_id = s.consortium_id and x.school_id = s.school_id
		and x.graduation_year = extract(year from s.graduates_on)
	limit 1) z on true
cross join lateral (select $2::uuid is null or $2::uuid = s.school_id)
	v (is_inside)
where s.consortium_id = $1::uuid and s.graduates_on is not null
	and s.state <> 'left'
	and (v.is_inside or $2::uuid = n.id)
	and ($3::integer is null or s.graduates_on
		between make_date($3::integer, 1, 1)
			and make_date($3::integer, 12, 31))
	and ($4::integer is null
		or extract(month from s.graduates_on) = $4::integer)
	and ($5::uuid is null or s.school_id = $5::uuid)
	and ($6::text is null or left(s.specialty_code, length($6)) = $6)
	and ($7::text is null or s.level = $7)
	and ($8::text is null or coalesce(s.sex, 'unknown') = $8)
	and ($9::text is null or c.division_code = $9)
	and ($10::text is null or coalesce(d.code, 'none') = $10)
	and ($11::text is null or d.state = $11)
	and ($12::text is null or array_position(array['declared', 'employer',
			'document', 'insurance_record'], d.evidence_level)
		>= array_position(array['declared', 'employer', 'document',
			'insurance_record'], $12))
	and ($13::text is null or left(d.division_code, length($13)) = $13)
	and ($16::text is null
		or graduate_counts_as($1::uuid, s.id, $16))
	and ($14::uuid is null or s.id > $14::uuid)
order by s.id
limit $15::bigint
