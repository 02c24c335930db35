-- The next rows that are sound so far, as one JSON array of their values, how
-- many they are, and the n of the last; null: there are none.
-- $1 consortium, $2 import, $3 n of the last one before, $4 how many at most
select json_agg(r.row_values)::text, count(*), max(r.n)
from (
	select b.n, b.row_values from import_row b
	where b.consortium_id = $1::uuid and b.import_id = $2::uuid
		and b.n > $3::integer and b.status = 'sound'
	order by b.n
	limit $4::bigint
) r
