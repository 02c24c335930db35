-- All rows are done; no row: another worker has the import.
-- $1 consortium, $2 import, $3 worker, $4 attempt
update import set state = 'done', finished_at = now(), phase = null,
	rows_done = rows_read,
	counts = (
		select json_object_agg(w.word, case w.word
			when 'rows' then rows_read
			else coalesce(c.count, 0) end order by w.place)
		from unnest(array['rows', 'rejected', 'created', 'updated',
				'unchanged', 'would_create', 'would_update',
				'not_written'])
			with ordinality as w (word, place)
		left join (
			select r.status, count(*) from import_row r
			where r.consortium_id = $1::uuid
				and r.import_id = $2::uuid
			group by r.status
		) c on c.status = w.word),
	actor = '00000000-0000-0000-0000-000000000000'
where consortium_id = $1::uuid and id = $2::uuid and worker = $3
	and attempt = $4::integer and state = 'running'
returning id
