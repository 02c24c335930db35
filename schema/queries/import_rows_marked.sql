-- Rows of an import for its marked copy: n, cells, number, status, what is
-- wrong, and what may be meant or was read otherwise than it is written.
-- $1 consortium, $2 import, $3 n of the last one seen, $4 how many, $5 english
-- or chinese
select r.n, array(select json_array_elements_text(r.cells)), r.number,
	r.status,
	(select string_agg(concat_ws(': ', e ->> 'column', e ->> $5), '; '
			order by place)
	from jsonb_array_elements(r.errors) with ordinality as x (e, place)),
	concat_ws('; ',
		(select string_agg(concat_ws(' ', s ->> 'code', s ->> 'name'),
			'; ' order by place, nth)
		from jsonb_array_elements(r.errors)
			with ordinality as x (e, place),
		jsonb_array_elements(e -> 'suggestions')
			with ordinality as y (s, nth)),
		(select string_agg(concat_ws(': ', e ->> 'column', e ->> $5),
			'; ' order by place)
		from jsonb_array_elements(r.notes)
			with ordinality as x (e, place)))
from import_row r
where r.consortium_id = $1::uuid and r.import_id = $2::uuid
	and r.n > $3::integer
order by r.n
limit $4::bigint
