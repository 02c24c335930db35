-- What is done with editions of the three lists.

-- Keeps an edition as it was drawn up.
create function make_specialty_list(
	p_consortium uuid, p_id uuid, p_name text, p_year integer,
	p_policy integer, p_rule json, p_entries json, p_actor uuid
) returns void
language plpgsql as $$
begin
	insert into specialty_list (consortium_id, id, name, year,
		policy_version, rule, created_by)
	values (p_consortium, p_id, p_name, p_year, p_policy, p_rule, p_actor);
	insert into specialty_entry (consortium_id, id, list_id,
		specialty_code, level, school_id, outcome, is_hidden,
		is_stable, with_more, with_fewer, cohorts, graduates, evidence,
		own_evidence, created_by)
	select p_consortium, e.id, p_id, e.specialty, e.level, e.school_id,
		e.outcome, e.is_hidden, e.is_stable, e.with_more,
		e.with_fewer, e.cohorts, e.graduates, e.evidence,
		e.own_evidence, p_actor
	from json_to_recordset(p_entries) as e (id uuid, specialty text,
		level text, school_id uuid, outcome text, is_hidden boolean,
		is_stable boolean, with_more text, with_fewer text,
		cohorts integer, graduates integer, evidence json,
		own_evidence json);
end;
$$;

-- To comment until a time; decided, once that is over and everything is
-- answered; published; or cancelled with its reason.
create function move_specialty_list(
	p_consortium uuid, p_list uuid, p_state text, p_comments_by timestamptz,
	p_reason text, p_actor uuid
) returns void
language plpgsql as $$
declare
	l specialty_list;
	why text;
begin
	select * into l from specialty_list
	where consortium_id = p_consortium and id = p_list for update;
	if not found then
		raise exception 'no such list' using errcode = 'DK007';
	end if;
	why := case
		when l.state = 'draft' and p_state = 'comment'
			and p_comments_by <= now()
			then 'specialty_list_comments_are_to_come'
		when l.state <> 'comment' or p_state <> 'decided' then null
		when l.comments_by > now()
			then 'specialty_list_comments_are_over'
		when exists (select from specialty_appeal a
			where a.consortium_id = p_consortium
				and a.list_id = p_list and a.state = 'open')
			then 'specialty_list_is_answered' end;
	if why is not null then
		raise exception 'not yet'
			using errcode = 'DK005', constraint = why;
	elsif l.state = p_state then
		raise exception '% cannot go from % to %', 'specialty_list',
			l.state, p_state
			using errcode = 'DK001',
				detail = l.state || ' -> ' || p_state;
	end if;
	update specialty_list set state = p_state, reason = p_reason,
		comments_by = coalesce(p_comments_by, comments_by),
		published_at = case when p_state = 'published' then now() end,
		actor = p_actor
	where consortium_id = p_consortium and id = p_list;
end;
$$;

-- The list, if it is open to comments: and it stays so for this transaction.
create function specialty_list_in_comment(p_consortium uuid, p_list uuid)
returns timestamptz
language plpgsql as $$
declare
	l specialty_list;
begin
	select * into l from specialty_list
	where consortium_id = p_consortium and id = p_list for share;
	if not found then
		raise exception 'no such list' using errcode = 'DK007';
	elsif l.state <> 'comment' then
		raise exception 'the list is not open to comments: %', l.state
			using errcode = 'DK002';
	end if;
	return l.comments_by;
end;
$$;

-- What the office decides of an entry; null: what the rule found stands.
-- p_expected: the version that it saw, or null.
create function decide_specialty_entry(
	p_consortium uuid, p_list uuid, p_entry uuid, p_outcome text,
	p_why text, p_actor uuid, p_expected bigint
) returns void
language plpgsql as $$
declare
	e specialty_entry;
begin
	perform specialty_list_in_comment(p_consortium, p_list);
	select * into e from specialty_entry
	where consortium_id = p_consortium and list_id = p_list
		and id = p_entry for update;
	if not found then
		raise exception 'no such entry' using errcode = 'DK007';
	elsif e.version <> p_expected then
		raise exception 'the entry is at version %', e.version
			using errcode = 'DK006', detail = e.version::text;
	end if;
	update specialty_entry set
		decided_outcome = nullif(p_outcome, e.outcome),
		decided_why = case when p_outcome <> e.outcome then p_why end,
		decided_at = case when p_outcome <> e.outcome then now() end,
		decided_by = case when p_outcome <> e.outcome
			then p_actor end,
		actor = p_actor
	where consortium_id = p_consortium and id = p_entry;
end;
$$;

-- May the school see the entry: its own, or that of all schools of a specialty
-- it has one of in the list?
create function is_specialty_entry_of(e specialty_entry, school uuid)
returns boolean
language sql stable as $$
	select e.school_id = school or (e.school_id is null and exists (
		select from specialty_entry x
		where x.consortium_id = e.consortium_id
			and x.list_id = e.list_id
			and x.specialty_code = e.specialty_code
			and x.school_id = school));
$$;

create function make_specialty_appeal(
	p_consortium uuid, p_list uuid, p_id uuid, p_entry uuid, p_school uuid,
	p_asks text, p_text text, p_actor uuid
) returns void
language plpgsql as $$
declare
	e specialty_entry;
begin
	if not exists (select from specialty_list l
			where l.consortium_id = p_consortium
				and l.id = p_list
				and l.comments_by is not null) then
		raise exception 'no such list' using errcode = 'DK007';
	elsif specialty_list_in_comment(p_consortium, p_list) <= now() then
		raise exception 'the time for comments is over'
			using errcode = 'DK002';
	end if;
	select * into e from specialty_entry x
	where x.consortium_id = p_consortium and x.list_id = p_list
		and x.id = p_entry and is_specialty_entry_of(x, p_school);
	if not found then
		raise exception 'not one''s own entry'
			using errcode = '23514',
				constraint = 'specialty_appeal_is_ones_own';
	elsif p_asks = coalesce(e.decided_outcome, e.outcome) then
		raise exception 'it is so already'
			using errcode = '23514',
				constraint = 'specialty_appeal_asks_another';
	end if;
	insert into specialty_appeal (consortium_id, id, list_id, entry_id,
		school_id, asks, text, created_by)
	values (p_consortium, p_id, p_list, p_entry, p_school, p_asks, p_text,
		p_actor);
end;
$$;

-- p_school: who made it takes it back; null: the office answers. Upheld, the
-- entry gets the outcome; without one it stays, which is for comments alone.
create function move_specialty_appeal(
	p_consortium uuid, p_list uuid, p_appeal uuid, p_school uuid,
	p_state text, p_outcome text, p_answer text, p_actor uuid
) returns void
language plpgsql as $$
declare
	a specialty_appeal;
begin
	perform 1 from specialty_list
	where consortium_id = p_consortium and id = p_list for share;
	select * into a from specialty_appeal
	where consortium_id = p_consortium and list_id = p_list
		and id = p_appeal
		and (p_school is null or school_id = p_school)
	for update;
	if not found then
		raise exception 'no such appeal' using errcode = 'DK007';
	elsif a.state <> 'open' then
		raise exception '% cannot go from % to %', 'specialty_appeal',
			a.state, p_state
			using errcode = 'DK001',
				detail = a.state || ' -> ' || p_state;
	end if;
	perform specialty_list_in_comment(p_consortium, p_list);
	if p_state = 'upheld' and a.asks is not null and p_outcome is null then
		raise exception 'an appeal that is upheld changes the outcome'
			using errcode = '23514',
				constraint = 'specialty_appeal_has_outcome';
	elsif p_state = 'upheld' and p_outcome is not null then
		if exists (select from specialty_entry e
				where e.consortium_id = p_consortium
					and e.id = a.entry_id
					and coalesce(e.decided_outcome,
						e.outcome) = p_outcome) then
			raise exception 'it is so already'
				using errcode = '23514', constraint
					= 'specialty_appeal_changes_it';
		end if;
		perform decide_specialty_entry(p_consortium, p_list,
			a.entry_id, p_outcome, p_answer, p_actor, null);
	end if;
	update specialty_appeal set state = p_state, answer = p_answer,
		reason = p_answer, actor = p_actor
	where consortium_id = p_consortium and id = p_appeal;
end;
$$;
