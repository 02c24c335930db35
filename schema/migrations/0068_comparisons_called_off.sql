-- Comparisons that can be watched and called off, as runs are; and a cancelled
-- round that calls off what waits or is under way, instead of failing it.

insert into transition (machine, from_state, to_state, needs_reason) values
	('comparison', 'queued', 'cancelled', false),
	('comparison', 'running', 'cancelled', false);

alter table comparison
	-- what its worker is at, and the thousandths of it that are done
	add column phase text check (phase in ('read', 'after', 'before',
		'store')),
	add column share integer check (share between 0 and 1000),
	-- what it took: in all, and the most that its process held at a time
	add column work_ms integer check (work_ms >= 0),
	add column memory_bytes bigint check (memory_bytes >= 0),
	drop constraint comparison_state_check,
	add constraint comparison_state_check check (state in ('queued',
		'running', 'done', 'failed', 'cancelled')),
	drop constraint comparison_ended_is_timed,
	add constraint comparison_ended_is_timed check ((state in ('done',
		'failed', 'cancelled')) = (finished_at is not null)),
	drop constraint comparison_failed_says_why,
	add constraint comparison_failed_says_why check (
		case state when 'failed' then error is not null
			when 'cancelled' then true
			else error is null end);

-- Calls off the comparisons of a round that wait or are under way; one, or
-- where none is named all of them. Returns those that it called off.
create function cancel_comparisons(
	p_consortium uuid, p_round uuid, p_comparison uuid, p_reason text,
	p_actor uuid
) returns setof comparison
language sql as $$
	update comparison set state = 'cancelled', error = p_reason,
		phase = null, share = null, finished_at = now(),
		actor = p_actor, reason = p_reason
	where consortium_id = p_consortium and round_id = p_round
		and (p_comparison is null or id = p_comparison)
		and state in ('queued', 'running')
	returning *;
$$;

-- Nothing is compared of a round that was cancelled: whoever asks waits for a
-- cancelling under way.
create function comparison_round_stands() returns trigger
language plpgsql as $$
begin
	perform from round r
	where r.consortium_id = new.consortium_id and r.id = new.round_id
		and r.state <> 'cancelled' for share;
	if not found then
		raise exception 'the round is cancelled'
			using errcode = 'DK005',
				constraint = 'comparison_round_stands';
	end if;
	return new;
end;
$$;
create trigger round_stands before insert on comparison
	for each row execute function comparison_round_stands();

-- Ends a round before publication, and calls off whatever runs and comparisons
-- of it wait or are under way. Workers lock a run before its round, and so
-- does this. A run that was queued between the two statements ends in the last
-- one; if a worker has it already, its result stays without effect: a
-- cancelled round publishes nothing.
create or replace function cancel_round(
	p_consortium uuid, p_round uuid, p_reason text, p_actor uuid
) returns void
language plpgsql as $$
begin
	update run set state = 'cancelled', error = p_reason, phase = null,
		share = null, finished_at = now(), actor = p_actor,
		reason = p_reason
	where consortium_id = p_consortium and round_id = p_round
		and state in ('queued', 'running');
	update round set state = 'cancelled', cancelled_because = p_reason,
		actor = p_actor, reason = p_reason
	where consortium_id = p_consortium and id = p_round
		and state <> 'cancelled';
	if not found then
		raise exception '% cannot go from % to %', 'round',
			'cancelled', 'cancelled' using errcode = 'DK001',
			detail = 'cancelled -> cancelled';
	end if;
	update run set state = 'cancelled', error = p_reason, phase = null,
		share = null, finished_at = now(), actor = p_actor,
		reason = p_reason
	where consortium_id = p_consortium and id in (
		select id from run
		where consortium_id = p_consortium and round_id = p_round
			and state in ('queued', 'running')
		for update skip locked);
	perform cancel_comparisons(p_consortium, p_round, null, p_reason,
		p_actor);
end;
$$;

-- As it was, but that of two who call a run off at once the latter finds it
-- over.
create or replace function cancel_run(
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
	elsif was not in ('queued', 'running') then
		raise exception '% cannot go from % to %', 'run', was,
			'cancelled' using errcode = 'DK001',
			detail = was || ' -> cancelled';
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
