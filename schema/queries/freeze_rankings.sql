-- How enterprises rank students in a round: posting, student, rank; by posting
-- and student.
-- $1 consortium, $2 round
select posting_id, student_id, rank
from posting_rank
where consortium_id = $1::uuid and round_id = $2::uuid
order by posting_id, student_id
