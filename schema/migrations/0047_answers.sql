-- What comes after the publication of a round: students answer by a date, and
-- are reminded once; what nobody answered lapses. From the publication on
-- there is also a time in which the round may be appealed against.

insert into transition (machine, from_state, to_state, needs_reason) values
	('placement', 'proposed', 'lapsed', false);

alter table round
	add column decide_by timestamptz,
	add column appeals_by timestamptz,
	add constraint round_answers_follow_publication check (
		published_run_id is not null
		or num_nonnulls(decide_by, appeals_by) = 0);

alter table placement
	drop constraint placement_state_check,
	add constraint placement_state_check check (state in
		('proposed', 'accepted', 'declined', 'lapsed',
		'agreement_signed', 'started', 'completed', 'terminated')),
	-- until when a round's proposal is answered; null: without end
	add column decide_by timestamptz,
	add constraint placement_decide_by_is_of_a_round
		check (decide_by is null or origin = 'round');
create index placement_to_answer on placement (decide_by)
	where state = 'proposed' and decide_by is not null;

-- Who is yet to be reminded, and when: once, for the row goes with it.
create table placement_reminder (
	consortium_id uuid not null,
	placement_id uuid not null,
	remind_at timestamptz not null,
	primary key (consortium_id, placement_id),
	foreign key (consortium_id, placement_id) references placement
);
create index placement_reminder_due on placement_reminder (remind_at);

alter table placement_notice
	drop constraint placement_notice_about_check,
	add constraint placement_notice_about_check check (about in
		('terminated', 'consent-withdrawn', 'lapsed', 'answer-due'));

-- BEFORE UPDATE to accepted: too late is too late, also where no worker has
-- come by since.
create function placement_answered_late() returns trigger
language plpgsql as $$
begin
	raise exception '% cannot go from % to %', 'placement', 'lapsed',
		new.state
		using errcode = 'DK001',
			detail = 'lapsed -> ' || new.state;
end;
$$;

create trigger answered before update on placement
	for each row when (new.state = 'accepted' and old.state = 'proposed'
		and old.decide_by <= clock_timestamp())
	execute function placement_answered_late();

-- BEFORE UPDATE, ahead of `keep`: all three are told.
create function placement_lapses() returns trigger
language plpgsql as $$
begin
	perform notify_parties(new, 'lapsed', new.actor, null);
	return new;
end;
$$;

create trigger inform_lapsed before update on placement
	for each row when (new.state = 'lapsed' and old.state <> 'lapsed')
	execute function placement_lapses();

-- A proposal of a round is to be answered, and its student reminded two days
-- before, or halfway where the time is shorter.
create function placements_to_be_answered() returns trigger
language plpgsql as $$
begin
	insert into placement_reminder (consortium_id, placement_id, remind_at)
	select consortium_id, id, decide_by
		- least(interval '2 days', (decide_by - now()) / 2)
	from made where decide_by is not null;
	return null;
end;
$$;

create trigger to_be_answered after insert on placement
	referencing new table as made
	for each statement execute function placements_to_be_answered();

-- The end of a time that begins now: as it was asked for, or in seven days.
-- what names the constraint that a time in the past, or beyond the round's
-- last day, breaks.
create function round_time_end(r round, asked timestamptz, what text)
returns timestamptz
language plpgsql as $$
begin
	if asked <= now() or asked > (r.period_end + 1)::timestamp
			at time zone 'Asia/Shanghai' then
		raise exception 'it ends now or later, within the round''s days'
			using errcode = '23514', constraint = what;
	end if;
	return coalesce(asked, date_trunc('minute', now())
		+ interval '7 days');
end;
$$;

-- As in 0006; and until when students answer and anybody may appeal.
drop function publish_round(uuid, uuid, uuid, uuid, bigint);
create function publish_round(
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
