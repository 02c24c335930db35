-- Placements that no round made: a school nominates its student to an open
-- internship, or the student has found one (rule 1.17), which the school
-- approves or refuses before it can be accepted.

alter table placement
	alter column posting_id drop not null,
	-- what a self-found internship is, since no posting says it
	add column title text check (char_length(title) between 1 and 100
		and btrim(title) = title),
	add column approved_at timestamptz,
	add column started_on date,
	-- completed, or terminated after the start
	add column ended_on date,
	add constraint placement_self_found_is_told check (
		(origin = 'self_found') = (posting_id is null)
		and (origin = 'self_found') = (title is not null)),
	add constraint placement_ended_after_start
		check (ended_on >= started_on);

create unique index placement_one_proposed on placement
	(consortium_id, student_id, (coalesce(posting_id, enterprise_id)))
	where state = 'proposed' and origin in ('school', 'self_found');

create function today_in_china() returns date
language sql stable
return (now() at time zone 'Asia/Shanghai')::date;

create function placement_unapproved() returns trigger
language plpgsql as $$
begin
	raise exception 'the school has not approved this internship'
		using errcode = 'DK005', constraint = 'placement_rule_1_17';
end;
$$;

create trigger approval before update on placement
	for each row
	when (new.state = 'accepted' and old.state = 'proposed'
		and new.origin = 'self_found' and new.approved_at is null)
	execute function placement_unapproved();

-- The placement, locked. p_owner: its student, its enterprise, or the
-- student's school; null: whoever sees all.
create function placement_of(
	p_consortium uuid, p_placement uuid, p_owner uuid
) returns placement
language plpgsql as $$
declare
	p placement;
begin
	select t.* into p from placement t
	join student s on s.consortium_id = t.consortium_id
		and s.id = t.student_id
	where t.consortium_id = p_consortium and t.id = p_placement
		and (p_owner is null or p_owner in (t.student_id,
			t.enterprise_id, s.school_id))
	for update of t;
	if not found then
		raise exception 'no such placement' using errcode = 'DK007';
	end if;
	return p;
end;
$$;

-- Accepted, declined or terminated; what had started ends today.
create function move_placement(
	p_consortium uuid, p_placement uuid, p_owner uuid, p_state text,
	p_reason text, p_actor uuid
) returns void
language plpgsql as $$
declare
	p placement;
begin
	p := placement_of(p_consortium, p_placement, p_owner);
	if p.state = p_state then
		raise exception '% cannot go from % to %', 'placement',
			p.state, p_state
			using errcode = 'DK001',
				detail = p.state || ' -> ' || p_state;
	end if;
	update placement set state = p_state, reason = p_reason,
		actor = p_actor,
		ended_on = case when p_state = 'terminated'
			and started_on is not null
			then greatest(started_on, today_in_china()) end
	where consortium_id = p_consortium and id = p_placement;
end;
$$;

-- What the school says to an internship that its student has found.
create function approve_placement(
	p_consortium uuid, p_placement uuid, p_school uuid,
	p_is_approved boolean, p_reason text, p_actor uuid
) returns void
language plpgsql as $$
declare
	p placement;
begin
	p := placement_of(p_consortium, p_placement, p_school);
	if p.origin <> 'self_found' then
		raise exception 'only what a student found is approved'
			using errcode = 'DK002';
	elsif p.state <> 'proposed' or (p_is_approved
			and p.approved_at is not null) then
		raise exception 'the school has decided already'
			using errcode = 'DK002';
	elsif p_is_approved then
		update placement set approved_at = now(), actor = p_actor
		where consortium_id = p_consortium and id = p_placement;
	else
		update placement set state = 'declined', reason = p_reason,
			actor = p_actor
		where consortium_id = p_consortium and id = p_placement;
	end if;
end;
$$;
