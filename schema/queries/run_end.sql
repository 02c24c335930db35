-- Ends a run whose files and rows are in; its round is then computed. No row:
-- another worker has it.
-- $1 consortium, $2 run, $3 worker, $4 attempt, $5 students, $6 placed,
-- $7 shortfall, $8 ms to freeze, $9 to place, $10 to verify, $11 edition of
-- rarity or 0, $12 ms to store, $13 bytes of memory at most, $14
-- publications of the rounds beside
with done as (
	update run set state = 'done', is_verified = true, finished_at = now(),
		student_count = $5::integer, placed_count = $6::integer,
		shortfall = $7::integer, freeze_ms = $8::integer,
		place_ms = $9::integer, verify_ms = $10::integer,
		rarity_edition = nullif($11::integer, 0),
		store_ms = $12::integer, memory_bytes = $13::bigint,
		published_beside = $14::integer,
		phase = null, share = null,
		actor = '00000000-0000-0000-0000-000000000000'
	where consortium_id = $1::uuid and id = $2::uuid and worker = $3
		and attempt = $4::integer and state = 'running'
	returning consortium_id, id, round_id
), moved as (
	update round r set state = 'computed',
		actor = '00000000-0000-0000-0000-000000000000'
	from done d
	where r.consortium_id = d.consortium_id and r.id = d.round_id
		and r.state = 'running'
)
select id from done
