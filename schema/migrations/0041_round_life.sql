-- Rounds that time opens and closes, the later end of one that is open, and
-- the end of one that comes to nothing.

-- is_scheduled: the office has it opened at opens_at without a hand. Who reads
-- that a round was cancelled reads why.
alter table round
	add column is_scheduled boolean not null default false,
	add column cancelled_because text
		check (char_length(cancelled_because) between 1 and 500);
create index round_to_open on round (opens_at)
	where state = 'draft' and is_scheduled;
create index round_to_close on round (closes_at) where state = 'open';

insert into transition (machine, from_state, to_state, needs_reason) values
	('round', 'running', 'cancelled', true);

-- A round opens with time for wishes before it, whoever opens it.
create or replace function round_timed() returns trigger
language plpgsql as $$
begin
	if new.state = 'open' then
		if new.closes_at <= now() then
			raise exception 'the time for wishes is over'
				using errcode = 'DK005',
					constraint = 'round_window_lasts';
		end if;
		new.opens_at := least(new.opens_at, now());
	else
		new.closes_at := least(new.closes_at, now());
	end if;
	return new;
end;
$$;

-- What is to open by itself must be able to.
create function round_scheduled() returns trigger
language plpgsql as $$
begin
	if policy_at(new.consortium_id, greatest(new.opens_at, now()))
			is null then
		raise exception 'no policy will be in force at opens_at'
			using errcode = 'DK005',
				constraint = 'round_schedule_has_policy';
	end if;
	if new.closes_at <= now() then
		raise exception 'the time for wishes is over'
			using errcode = 'DK005',
				constraint = 'round_window_lasts';
	end if;
	return new;
end;
$$;

create trigger scheduled before insert or update on round
	for each row when (new.state = 'draft' and new.is_scheduled)
	execute function round_scheduled();

-- The end of an open round moves only away, and only while it lasts.
create function round_extended() returns trigger
language plpgsql as $$
begin
	if old.closes_at <= now() then
		raise exception 'the time for wishes is over'
			using errcode = 'DK005',
				constraint = 'round_window_lasts';
	end if;
	if new.closes_at < old.closes_at then
		raise exception 'an open round only ends later'
			using errcode = 'DK005',
				constraint = 'round_end_is_later';
	end if;
	return new;
end;
$$;

create trigger extended before update on round
	for each row when (old.state = 'open' and new.state = 'open'
		and old.closes_at is distinct from new.closes_at)
	execute function round_extended();

-- Wishes move only while the round is open and its window lasts. The lock
-- makes closing wait for wishes under way, so none lands after the close; it
-- is not asked for after the window, so that whoever comes too late does not
-- keep the round from being closed.
create or replace function wishes_open() returns trigger
language plpgsql as $$
declare
	r record;
begin
	if tg_op = 'DELETE' then
		r := old;
	else
		r := new;
	end if;
	perform from round
	where round.consortium_id = r.consortium_id and round.id = r.round_id
		and round.state = 'open' and now() < round.closes_at
	for share;
	if not found then
		raise exception 'the round takes no wishes now'
			using errcode = 'DK002',
				constraint = 'wish_round_is_open';
	end if;
	return r;
end;
$$;

-- Extends an open round; audited with both ends.
create function extend_round(
	p_consortium uuid, p_round uuid, p_closes_at timestamptz,
	p_reason text, p_actor uuid
) returns void
language plpgsql as $$
declare
	r round;
begin
	select * into r from round
	where consortium_id = p_consortium and id = p_round for update;
	if not found then
		raise exception 'no such round' using errcode = 'DK007';
	end if;
	if r.state <> 'open' then
		raise exception 'a round that is % cannot be extended', r.state
			using errcode = 'DK001', detail = r.state || ' -> open';
	end if;
	if p_closes_at <= r.closes_at then
		raise exception 'an open round only ends later'
			using errcode = 'DK005',
				constraint = 'round_end_is_later';
	end if;
	update round set closes_at = p_closes_at, actor = p_actor
	where consortium_id = p_consortium and id = p_round;
	perform audit_append(p_consortium, p_actor, 'round.extended', 'round',
		p_round, json_build_object('from', r.closes_at,
			'to', p_closes_at, 'reason', p_reason));
end;
$$;

-- Ends a round before publication, whatever runs of it wait or are under way.
-- Workers lock a run before its round, and so does this. A run that was queued
-- between the two statements ends in the last one; if a worker has it already,
-- its result stays without effect: a cancelled round publishes nothing.
create function cancel_round(
	p_consortium uuid, p_round uuid, p_reason text, p_actor uuid
) returns void
language plpgsql as $$
begin
	update run set state = 'failed', error = 'the round was cancelled',
		finished_at = now(), actor = p_actor
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
	update run set state = 'failed', error = 'the round was cancelled',
		finished_at = now(), actor = p_actor
	where consortium_id = p_consortium and id in (
		select id from run
		where consortium_id = p_consortium and round_id = p_round
			and state in ('queued', 'running')
		for update skip locked);
end;
$$;
