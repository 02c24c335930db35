-- Where a student went, as records/graduate_destination.h reads it, with its
-- editions; version 0 where nothing is said yet. An employer reads what it is
-- asked about.
-- $1 consortium, $2 student, $3 owner (student, school or enterprise) or null
select s.id, case when v.is_inside then s.student_number end, s.name,
	s.school_id, c.name, s.specialty_code, p.name, s.level,
	case when v.is_inside then s.sex end, s.graduates_on, d.code, k.name,
	d.employer_name, d.employer_uscc, d.unit_nature_code, d.industry_code,
	d.division_code, d.occupation_code, d.started_on,
	case when v.is_inside then d.pay_band end,
	d.is_aligned, d.evidence_kind, d.evidence_sha256,
	coalesce(d.is_employer_asked, false), d.acknowledged_at,
	d.confirmed_at, d.verified_at, d.evidence_level, d.state,
	destination_is_frozen(s.consortium_id, s.id), coalesce(d.version, 0),
	d.created_at, d.updated_at,
	coalesce((select json_agg(json_build_object('version', e.version,
			'at', e.at, 'by', u.role, 'state', e.state,
			'reason', e.reason, 'is_correction', e.is_correction,
			'content', e.content) order by e.version)
		from destination_edition e
		left join account u on u.consortium_id = e.consortium_id
			and u.id = e.actor
		where v.is_inside and e.consortium_id = s.consortium_id
			and e.student_id = s.id), '[]')
from student s
join school c on c.consortium_id = s.consortium_id and c.id = s.school_id
join specialty p on p.code = s.specialty_code
left join graduate_destination d on d.consortium_id = s.consortium_id
	and d.id = s.id
left join destination k on k.code = d.code
left join enterprise n on n.consortium_id = s.consortium_id
	and n.uscc = d.employer_uscc and n.state = 'verified'
	and d.is_employer_asked
cross join lateral (select $3::uuid is null
	or $3::uuid in (s.id, s.school_id)) v (is_inside)
where s.consortium_id = $1::uuid and s.id = $2::uuid
	and (v.is_inside or $3::uuid = n.id)
