-- Wishes of a student that stayed out of a run: place on the list, posting,
-- rule (null: the posting was not open), limit, actual.
-- $1 consortium, $2 run, $3 student
select w.rank, o.posting_id, o.rule, o.allowed, o.actual
from run_left_out o
join run u on u.consortium_id = o.consortium_id and u.id = o.run_id
left join wish w on w.consortium_id = o.consortium_id
	and w.round_id = u.round_id and w.student_id = o.student_id
	and w.posting_id = o.posting_id
where o.consortium_id = $1::uuid and o.run_id = $2::uuid
	and o.student_id = $3::uuid
order by w.rank, o.posting_id
