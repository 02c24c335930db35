-- The rows of a file's nominations: n, id, student number, posting, first and
-- last day or null. $1 rows (JSON)
select i.n, i.id, i.student_number, i.posting_id, i.period_start, i.period_end
from json_to_recordset($1::json) as i (n integer, id uuid, student_number text,
	posting_id uuid, period_start date, period_end date)
order by i.n
