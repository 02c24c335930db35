-- A page of the rows of an import, as records/import.h reads them: n, number,
-- status, key, subject, errors, cells, notes.
-- $1 consortium, $2 import, $3 status or null, $4 n of the last one seen or
-- null, $5 how many, $6 english or
-- chinese
select r.n, r.number, r.status, r.key, r.subject_id, import_errors(r.errors, $6), r.cells,
	import_errors(r.notes, $6)
from import_row r
where r.consortium_id = $1::uuid and r.import_id = $2::uuid
	and ($3::text is null or r.status = $3)
	and ($4::integer is null or r.n > $4::integer)
order by r.n
limit $5::bigint
