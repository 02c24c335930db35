-- Runs that can be watched and called off: how far a run is, what it took, and
-- an end by the office.

insert into transition (machine, from_state, to_state, needs_reason) values
	('run', 'queued', 'cancelled', false),
	('run', 'running', 'cancelled', false);

alter table run
	-- what its worker is at, and the thousandths of it that are done
	add column phase text check (phase in ('freeze', 'place', 'verify',
		'store')),
	add column share integer check (share between 0 and 1000),
	add column store_ms integer check (store_ms >= 0),
	-- the most that its process held at a time
	add column memory_bytes bigint check (memory_bytes >= 0),
	drop constraint run_state_check,
	add constraint run_state_check check (state in ('queued', 'running',
		'done', 'failed', 'cancelled')),
	drop constraint run_ended_is_timed,
	add constraint run_ended_is_timed check ((state in ('done', 'failed',
		'cancelled')) = (finished_at is not null));

-- Where a round goes whose run came to nothing: back to what it was before.
create function round_without_run(p_consortium uuid, p_round uuid)
returns text
language sql stable
begin atomic
	select case when exists (select from run u
			where u.consortium_id = p_consortium
				and u.round_id = p_round and u.state = 'done')
		then 'computed' else 'closed' end;
end;

-- Calls off a run that waits or is under way; whoever works on it finds the
-- lease gone. Locks the run before its round, as workers do.
create function cancel_run(
	p_consortium uuid, p_round uuid, p_run uuid, p_reason text,
	p_actor uuid
) returns void
language plpgsql as $$
declare
	was text;
begin
	select u.state into was from run u
	where u.consortium_id = p_consortium and u.round_id = p_round
		and u.id = p_run for no key update;
	if not found then
		raise exception 'no such run' using errcode = 'DK007';
	end if;
	update run set state = 'cancelled', error = p_reason, phase = null,
		share = null, finished_at = now(), actor = p_actor,
		reason = p_reason
	where consortium_id = p_consortium and id = p_run;
	update round set state = round_without_run(p_consortium, p_round),
		actor = p_actor,
		reason = 'run cancelled: ' || coalesce(left(p_reason, 400), '-')
	where consortium_id = p_consortium and id = p_round
		and state = 'running' and was = 'running';
end;
$$;
