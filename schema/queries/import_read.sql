-- The file is read. Rows with one key are all rejected, since nobody can say
-- which is meant; those that are left are to be checked. No row: another
-- worker has the import.
-- $1 consortium, $2 import, $3 worker, $4 attempt, $5 encoding, $6 header
-- (JSON), $7 the key's column, $8 what is wrong in English, with %s for the
-- number of the other row, $9 in Chinese, $10 how many errors a row may have
with again as materialized (
	select r.key from import_row r
	where r.consortium_id = $1::uuid and r.import_id = $2::uuid
		and r.key is not null
	group by r.key having count(*) > 1
), keyed as (
	select r.n, r.status,
		row_number() over same as place,
		first_value(r.number) over same as first,
		lead(r.number) over same as next
	from import_row r
	join again a on a.key = r.key
	where r.consortium_id = $1::uuid and r.import_id = $2::uuid
	window same as (partition by r.key order by r.n)
), twins as materialized (
	select k.n, k.status,
		case when k.place = 1 then k.next else k.first end as other
	from keyed k
), marked as (
	update import_row r set status = 'rejected', row_values = null,
		errors = r.errors || jsonb_build_array(jsonb_build_object(
			'column', $7::text, 'code', 'duplicate',
			'english', format($8, t.other),
			'chinese', format($9, t.other)))
	from twins t
	where r.consortium_id = $1::uuid and r.import_id = $2::uuid
		and r.n = t.n and jsonb_array_length(r.errors) < $10::integer
	returning t.status = 'sound' as is_new
)
update import set phase = 'checking', encoding = $5, header = $6::json,
	rows_rejected = rows_rejected
		+ (select count(*) from marked where is_new)
where consortium_id = $1::uuid and id = $2::uuid and worker = $3
	and attempt = $4::integer and state = 'running'
returning id
