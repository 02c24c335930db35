-- How much a run of a round would read now: students, postings, wishes; those
-- who put no list count with the wishes that the policy has proposed for them.
-- $1 consortium, $2 round
with terms as (
	select coalesce(p.proposed_wishes, 0) as proposed
	from round r
	left join policy p on p.consortium_id = r.consortium_id
		and p.version = r.policy_version
	where r.consortium_id = $1::uuid and r.id = $2::uuid
), listed as (
	select count(*) as lists, (select count(*) from wish w
		where w.consortium_id = $1::uuid and w.round_id = $2::uuid)
		as wishes
	from wish_list l
	where l.consortium_id = $1::uuid and l.round_id = $2::uuid
), silent as (
	select count(*) as students from terms t
	join student s on s.consortium_id = $1::uuid and s.state = 'active'
	where t.proposed > 0 and not exists (select from wish_list l
		where l.consortium_id = $1::uuid and l.round_id = $2::uuid
			and l.student_id = s.id)
)
select l.lists + n.students,
	(select count(*) from posting p where p.consortium_id = $1::uuid
		and p.state = 'published' and p.kind = 'internship'),
	l.wishes + n.students * t.proposed
from terms t, listed l, silent n
