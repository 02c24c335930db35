-- The wishes of a round: student, posting; by student, best first.
-- $1 consortium, $2 round
select student_id, posting_id
from wish
where consortium_id = $1::uuid and round_id = $2::uuid
order by student_id, rank
