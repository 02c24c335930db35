-- Where students are as a run again begins, and whether they stay: student,
-- placement, posting, score, whether pinned; by student. No row of any other
-- run.
-- $1 consortium, $2 run
select student_id, placement_id, posting_id, score, is_pinned
from priors_of_run($1::uuid, $2::uuid)
order by student_id
