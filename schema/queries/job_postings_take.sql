-- An enterprise's postings in the words of others, created or replaced by their
-- references, each for itself; as records/job_posting_report.c reads it.
-- $1 consortium, $2 enterprise, $3 account, $4 the postings, a JSON array as
-- job_postings_write makes it
select place, posting_id, outcome, trouble, state
from take_job_postings($1::uuid, $2::uuid, $3::uuid, $4::json)
order by place
