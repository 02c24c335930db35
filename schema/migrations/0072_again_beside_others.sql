-- A round placed again while others of the same seats follow it: what those
-- gave, or offered, is taken; of whoever has such a place the office may say
-- that he is let go for it; and no publication builds on less than is
-- published.

-- How many publications of the rounds beside its own a run knew when it was
-- frozen.
alter table run add column published_beside integer
	check (published_beside >= 0);

-- The rounds that come after a round, the nearest first.
create function rounds_after(consortium uuid, round_id uuid)
returns table (id uuid)
language sql stable
begin atomic
	with recursive after (id, nearness) as (
		select r.id, 1 from round r
		where r.consortium_id = consortium
			and r.follows = rounds_after.round_id
			and r.state <> 'cancelled'
		union all
		select r.id, a.nearness + 1
		from after a
		join round r on r.consortium_id = consortium
			and r.follows = a.id and r.state <> 'cancelled'
	)
	select a.id from after a order by a.nearness;
end;

-- All others that share its seats.
create function rounds_beside(consortium uuid, round_id uuid)
returns table (id uuid)
language sql stable
begin atomic
	select b.id from rounds_before(consortium, rounds_beside.round_id) b
	union all
	select a.id from rounds_after(consortium, rounds_beside.round_id) a;
end;

create function publications_beside(consortium uuid, round_id uuid)
returns bigint
language sql stable
begin atomic
	select count(*) from publication p
	where p.consortium_id = consortium
		and p.round_id in (select b.id from rounds_beside(consortium,
			publications_beside.round_id) b);
end;

-- Refuses to publish a run that does not know all that is published beside it.
-- Publications of one chain of rounds wait for each other at the first of them.
create function see_rounds_beside(
	p_consortium uuid, p_round uuid, p_run uuid
) returns void
language plpgsql as $$
begin
	perform 1 from round r
	where r.consortium_id = p_consortium and r.id = coalesce(
		(select (array_agg(b.id))[count(*)]
		from rounds_before(p_consortium, p_round) b), p_round)
	for no key update;
	perform 1 from run u
	where u.consortium_id = p_consortium and u.id = p_run
		and publications_beside(p_consortium, p_round) = coalesce(
			u.published_beside, (select count(*)
				from publication p
				where p.consortium_id = p_consortium
					and p.published_at <= u.started_at
					and p.round_id in (select id from
						rounds_beside(p_consortium,
							p_round))));
	if not found then
		raise exception 'a round of the same seats was published since'
			using errcode = 'DK005',
				constraint = 'run_knows_the_rounds_beside';
	end if;
end;
$$;

-- Whom the office lets go from a place of a round that follows, for a run that
-- places again: what he leaves where the run gives him one, and why.
create function left_for_run(consortium uuid, round_id uuid, run uuid)
returns table (placement_id uuid, state text, reason text)
language sql stable
begin atomic
	select t.id, t.state, x.reason
	from run_release x
	join run_placement n on n.consortium_id = x.consortium_id
		and n.run_id = x.run_id and n.student_id = x.student_id
	join placement t on t.consortium_id = x.consortium_id
		and t.student_id = x.student_id
		and t.state in ('proposed', 'accepted', 'agreement_signed',
			'started', 'completed')
		and t.round_id in (select a.id from rounds_after(consortium,
			left_for_run.round_id) a)
	where x.consortium_id = consortium and x.run_id = run;
end;

-- As they were, but that both look at the rounds beside; and the latter ends
-- what is left for its run.
create or replace function publish_round(
	p_consortium uuid, p_round uuid, p_run uuid, p_actor uuid,
	p_expected bigint, p_decide_by timestamptz default null,
	p_appeals_by timestamptz default null
) returns bigint
language plpgsql as $$
declare
	r round;
	made bigint;
	until timestamptz;
begin
	select * into r from round
	where consortium_id = p_consortium and id = p_round for update;
	if not found then
		raise exception 'no such round' using errcode = 'DK007';
	end if;
	if r.version <> p_expected then
		raise exception 'the round is at version %', r.version
			using errcode = 'DK006', detail = r.version::text;
	end if;
	if not exists (select from run where consortium_id = p_consortium
			and round_id = p_round and id = p_run
			and state = 'done') then
		raise exception 'the round has no such finished run'
			using errcode = 'DK005',
				constraint = 'round_run_is_done';
	end if;
	if r.state <> 'computed' then
		raise exception 'a round that is % cannot be published', r.state
			using errcode = 'DK001',
				detail = r.state || ' -> published';
	end if;
	perform see_rounds_beside(p_consortium, p_round, p_run);
	until := round_time_end(r, p_decide_by, 'round_decide_by_is_ahead');
	update round set state = 'published', published_run_id = p_run,
		decide_by = until, appeals_by = round_time_end(r, p_appeals_by,
			'round_appeals_by_is_ahead'),
		actor = p_actor
	where consortium_id = p_consortium and id = p_round;
	insert into placement (consortium_id, id, round_id, run_id, student_id,
		posting_id, enterprise_id, post_category_id, period_start,
		period_end, score, choice, decide_by, created_by)
	select rp.consortium_id, rp.id, p_round, p_run, rp.student_id,
		rp.posting_id, p.enterprise_id, p.post_category_id,
		r.period_start, r.period_end, rp.score, rp.choice, until,
		p_actor
	from run_placement rp
	join posting p on p.consortium_id = rp.consortium_id
		and p.id = rp.posting_id
	where rp.consortium_id = p_consortium and rp.run_id = p_run;
	get diagnostics made = row_count;
	return made;
end;
$$;

create or replace function republish_round(
	p_consortium uuid, p_round uuid, p_run uuid, p_actor uuid,
	p_expected bigint, p_decide_by timestamptz, p_appeals_by timestamptz
) returns void
language plpgsql as $$
declare
	r round;
	it publication;
	moved bigint;
begin
	select * into r from round
	where consortium_id = p_consortium and id = p_round for update;
	if not found then
		raise exception 'no such round' using errcode = 'DK007';
	elsif r.version <> p_expected then
		raise exception 'the round is at version %', r.version
			using errcode = 'DK006', detail = r.version::text;
	elsif r.state <> 'published' then
		raise exception 'a round that is % cannot be published', r.state
			using errcode = 'DK001',
				detail = r.state || ' -> published';
	elsif not exists (select from run u
			where u.consortium_id = p_consortium
				and u.round_id = p_round and u.id = p_run
				and u.state = 'done'
				and u.base_run_id = r.published_run_id) then
		raise exception 'not placed again from what is published'
			using errcode = 'DK005',
				constraint = 'run_goes_on_from_the_published';
	end if;
	perform see_rounds_beside(p_consortium, p_round, p_run);
	it.decide_by := round_time_end(r, p_decide_by,
		'round_decide_by_is_ahead');
	it.appeals_by := round_time_end(r, p_appeals_by,
		'round_appeals_by_is_ahead');
	-- whoever answers from here on waits, and then finds what became of it
	perform 1 from placement p
	where p.consortium_id = p_consortium and (p.round_id = p_round
			or p.id in (select l.placement_id from
				left_for_run(p_consortium, p_round, p_run) l))
		and p.state in ('proposed', 'accepted', 'agreement_signed',
			'started', 'completed')
	order by p.id for update;
	select count(*) into moved
	from placement p
	left join run_placement n on n.consortium_id = p_consortium
		and n.run_id = p_run and n.student_id = p.student_id
	where p.consortium_id = p_consortium and p.round_id = p_round
		and n.posting_id is distinct from p.posting_id
		and (p.state in ('agreement_signed', 'started', 'completed')
			or (p.state = 'accepted' and not exists (
				select from run_release x
				where x.consortium_id = p_consortium
					and x.run_id = p_run
					and x.student_id = p.student_id)));
	select moved + count(*) into moved
	from left_for_run(p_consortium, p_round, p_run) l
	where l.state not in ('proposed', 'accepted');
	if moved > 0 then
		raise exception 'it would move % who accepted', moved
			using errcode = 'DK005',
				constraint = 'run_moves_nobody_who_accepted';
	end if;
	update placement p set state = 'terminated', actor = p_actor,
		superseded_by = p_run,
		reason = coalesce((select x.reason from run_release x
			where x.consortium_id = p_consortium
				and x.run_id = p_run
				and x.student_id = p.student_id),
			'placed again')
	where p.consortium_id = p_consortium and p.round_id = p_round
		and p.state in ('proposed', 'accepted')
		and not exists (select from run_placement n
			where n.consortium_id = p_consortium
				and n.run_id = p_run
				and n.student_id = p.student_id
				and n.posting_id = p.posting_id);
	get diagnostics it.ended = row_count;
	update placement p set state = 'terminated', actor = p_actor,
		superseded_by = p_run, reason = l.reason
	from left_for_run(p_consortium, p_round, p_run) l
	where p.consortium_id = p_consortium and p.id = l.placement_id;
	get diagnostics moved = row_count;
	it.ended := it.ended + moved;
	select count(*) into it.kept from placement p
	where p.consortium_id = p_consortium and p.round_id = p_round
		and p.state in ('proposed', 'accepted', 'agreement_signed',
			'started', 'completed');
	-- whose seat ended since the run was frozen is asked nothing
	insert into placement (consortium_id, id, round_id, run_id, student_id,
		posting_id, enterprise_id, post_category_id, period_start,
		period_end, score, choice, decide_by, created_by)
	select n.consortium_id, n.id, p_round, p_run, n.student_id,
		n.posting_id, p.enterprise_id, p.post_category_id,
		r.period_start, r.period_end, n.score, n.choice, it.decide_by,
		p_actor
	from run_placement n
	join posting p on p.consortium_id = n.consortium_id
		and p.id = n.posting_id
	where n.consortium_id = p_consortium and n.run_id = p_run
		and not exists (select from run_prior o
			join placement t on t.consortium_id = o.consortium_id
				and t.id = o.placement_id
			where o.consortium_id = p_consortium
				and o.run_id = p_run
				and o.student_id = n.student_id
				and t.state in ('declined', 'lapsed',
					'terminated')
				and t.superseded_by is distinct from p_run)
		and not exists (select from placement t
			where t.consortium_id = p_consortium
				and t.round_id = p_round
				and t.student_id = n.student_id
				and t.state in ('proposed', 'accepted',
					'agreement_signed', 'started',
					'completed'));
	get diagnostics it.made = row_count;
	update round set published_run_id = p_run,
		decide_by = greatest(decide_by, it.decide_by),
		appeals_by = it.appeals_by, actor = p_actor
	where consortium_id = p_consortium and id = p_round;
	insert into publication (consortium_id, round_id, number, run_id, made,
		ended, kept, decide_by, appeals_by, published_by)
	select p_consortium, p_round, max(b.number) + 1, p_run, it.made,
		it.ended, it.kept, it.decide_by, it.appeals_by, p_actor
	from publication b
	where b.consortium_id = p_consortium and b.round_id = p_round;
end;
$$;
