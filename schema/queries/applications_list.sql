-- A page of applications, newest first, as records/application.h reads them.
-- An enterprise sees whose they are while that is disclosed to it; of those
-- under 18 among those shown its reading is audited.
-- $1 consortium, $2 owner (student, enterprise or school) or null, $3 posting,
-- $4 enterprise, $5 student, $6 state, each or null, $7 id of the last one seen
-- or null, $8 how many, one more than are shown, $9 account
with page as (
	select a.*, row_number() over (order by a.id desc) as place
	from application a
	join student o on o.consortium_id = a.consortium_id
		and o.id = a.student_id
	where a.consortium_id = $1::uuid
		and ($2::uuid is null or $2::uuid in (a.student_id,
			a.enterprise_id, o.school_id))
		and ($3::uuid is null or a.posting_id = $3::uuid)
		and ($4::uuid is null or a.enterprise_id = $4::uuid)
		and ($5::uuid is null or a.student_id = $5::uuid)
		and ($6::text is null or a.state = $6)
		and ($7::uuid is null or a.id < $7::uuid)
	order by a.id desc
	limit $8::bigint
)
select a.id, a.posting_id, p.title, p.kind, a.enterprise_id, e.name,
	a.student_id, a.state,
	case when v.is_shown then a.message end, a.score, a.policy_version,
	a.lapses_at, a.version, a.created_at, a.updated_at, d.is_open,
	s.name, s.school_id, c.name, s.specialty_code, y.name,
	s.entry_year, s.skills, s.certificates,
	(select audit_append(a.consortium_id, $9::uuid, 'read', 'student',
		a.student_id, json_build_object('application_id', a.id))
		where $2::uuid = a.enterprise_id and d.is_open
			and a.place < $8::bigint and is_minor(s.birth_date))
from page a
join posting p on p.consortium_id = a.consortium_id and p.id = a.posting_id
join enterprise e on e.consortium_id = a.consortium_id
	and e.id = a.enterprise_id
cross join lateral (select is_disclosed(a.consortium_id, a.student_id,
	a.enterprise_id)) d (is_open)
cross join lateral (select d.is_open
	or $2::uuid is distinct from a.enterprise_id) v (is_shown)
left join student s on v.is_shown and s.consortium_id = a.consortium_id
	and s.id = a.student_id
left join school c on c.consortium_id = s.consortium_id and c.id = s.school_id
left join specialty y on y.code = s.specialty_code
order by a.id desc
