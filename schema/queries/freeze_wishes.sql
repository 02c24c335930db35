-- The wishes of a round: student, posting; by student, best first. Of whom the
-- office lets go from a place of a round after it, only those that he put above
-- that place's posting, if he wished for it.
-- $1 consortium, $2 round, $3 run
select w.student_id, w.posting_id
from wish w
where w.consortium_id = $1::uuid and w.round_id = $2::uuid
	and (w.student_id, w.posting_id) not in (
		select v.student_id, v.posting_id
		from run_release x
		join placement t on t.consortium_id = x.consortium_id
			and t.student_id = x.student_id
			and t.state in ('proposed', 'accepted')
			and t.round_id in (select a.id
				from rounds_after($1::uuid, $2::uuid) a)
		join wish h on h.consortium_id = t.consortium_id
			and h.round_id = $2::uuid
			and h.student_id = t.student_id
			and h.posting_id = t.posting_id
		join wish v on v.consortium_id = h.consortium_id
			and v.round_id = h.round_id
			and v.student_id = h.student_id and v.rank >= h.rank
		where x.consortium_id = $1::uuid and x.run_id = $3::uuid)
order by w.student_id, w.rank
