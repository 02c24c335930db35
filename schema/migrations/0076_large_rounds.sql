-- Rounds of 100,000 students: a list of wishes, or of candidates, asks once
-- whether its round is open, not for each that it names; and a round is
-- published again in the time that its moves take.

-- AFTER a statement, with its rows as `moved`. Wishes and rankings move only
-- while the round is open and its window lasts, as wishes_open has it.
create function lists_moved() returns trigger
language plpgsql as $$
declare
	r record;
begin
	for r in select distinct m.consortium_id, m.round_id from moved m loop
		perform from round x
		where x.consortium_id = r.consortium_id and x.id = r.round_id
			and x.state = 'open' and now() < x.closes_at
		for share;
		if not found then
			raise exception 'the round takes no wishes now'
				using errcode = 'DK002',
					constraint = 'wish_round_is_open';
		end if;
	end loop;
	return null;
end;
$$;

drop trigger while_open on wish;
create trigger while_open after insert on wish
	referencing new table as moved
	for each statement execute function lists_moved();
create trigger while_open_changed after update on wish
	referencing new table as moved
	for each statement execute function lists_moved();
create trigger while_open_deleted after delete on wish
	referencing old table as moved
	for each statement execute function lists_moved();

drop trigger while_open on posting_rank;
create trigger while_open after insert on posting_rank
	referencing new table as moved
	for each statement execute function lists_moved();
create trigger while_open_changed after update on posting_rank
	referencing new table as moved
	for each statement execute function lists_moved();
create trigger while_open_deleted after delete on posting_rank
	referencing old table as moved
	for each statement execute function lists_moved();

-- As 0072 has it, but that those who stay are looked up in a list of them
-- (not in: the columns are never null). The planner knows nothing yet of rows
-- that were just written, and read all of a run's for each student: seconds for
-- 2,000 of them, hours for 100,000.
create or replace function republish_round(
	p_consortium uuid, p_round uuid, p_run uuid, p_actor uuid,
	p_expected bigint, p_decide_by timestamptz, p_appeals_by timestamptz
) returns void
language plpgsql set work_mem = '256MB' as $$
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
	where p.consortium_id = p_consortium and p.round_id = p_round
		and (p.student_id, p.posting_id) not in (
			select n.student_id, n.posting_id from run_placement n
			where n.consortium_id = p_consortium
				and n.run_id = p_run)
		and (p.state in ('agreement_signed', 'started', 'completed')
			or (p.state = 'accepted' and p.student_id not in (
				select x.student_id from run_release x
				where x.consortium_id = p_consortium
					and x.run_id = p_run)));
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
		and (p.student_id, p.posting_id) not in (
			select n.student_id, n.posting_id from run_placement n
			where n.consortium_id = p_consortium
				and n.run_id = p_run);
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
		and n.student_id not in (select o.student_id from run_prior o
			join placement t on t.consortium_id = o.consortium_id
				and t.id = o.placement_id
			where o.consortium_id = p_consortium
				and o.run_id = p_run
				and t.state in ('declined', 'lapsed',
					'terminated')
				and t.superseded_by is distinct from p_run)
		and n.student_id not in (select t.student_id from placement t
			where t.consortium_id = p_consortium
				and t.round_id = p_round
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

-- The files of a run are compressed in a third of the time, to a tenth more:
-- 48 MiB take 0.17 s instead of 0.59. PostgreSQL may be built without it.
do $$
begin
	alter table run_file alter column bytes set compression lz4;
exception when feature_not_supported then
	null;
end;
$$;
