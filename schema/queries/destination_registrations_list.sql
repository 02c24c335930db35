-- A page of graduates in the layout that they are registered in, in the order
-- they came, as records/destination_registration.h reads them.
-- $1..$16 as in destinations_list.sql
select s.id, s.student_number, s.name,
	case s.sex when 'female' then '女' when 'male' then '男' end,
	division_called(s.home_division_code), s.home_division_code, p.name, s.specialty_code, s.graduates_on,
	d.code, k.name, d.employer_name, d.employer_uscc, d.unit_nature_code,
	u.name, i.name, d.division_code, division_called(d.division_code),
	d.industry_code,
	d.occupation_code, d.started_on, d.pay_band, d.is_aligned,
	d.evidence_kind, d.evidence_sha256
from student s
join school c on c.consortium_id = s.consortium_id and c.id = s.school_id
join specialty p on p.code = s.specialty_code
left join graduate_destination d on d.consortium_id = s.consortium_id
	and d.id = s.id
left join destination k on k.code = d.code
left join unit_nature u on u.code = d.unit_nature_code
left join industry e on e.code = d.industry_code
left join industry i on i.code = e.section
where s.consortium_id = $1::uuid and s.graduates_on is not null
	and s.state <> 'left'
	and ($2::uuid is null or s.school_id = $2::uuid)
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
