-- Proposes a school's student for an open posting: its id, or no row where the
-- student is not active, the enterprise not verified, or the posting closed.
-- $1 consortium, $2 placement, $3 student, $4 school, $5 posting, $6 first day,
-- $7 last day, $8 score, $9 account
insert into placement (consortium_id, id, origin, student_id, posting_id,
	enterprise_id, post_category_id, period_start, period_end, score,
	created_by)
select s.consortium_id, $2::uuid, 'school', s.id, p.id, p.enterprise_id,
	p.post_category_id, $6::date, $7::date, $8::integer, $9::uuid
from student s
join posting p on p.consortium_id = s.consortium_id and p.id = $5::uuid
join enterprise e on e.consortium_id = p.consortium_id
	and e.id = p.enterprise_id
where s.consortium_id = $1::uuid and s.id = $3::uuid and s.school_id = $4::uuid
	and s.state = 'active' and e.state = 'verified'
	and p.state = 'published' and p.closes_at > now()
	and p.kind in ('internship', 'apprenticeship')
returning id
