-- What becomes of an agreement: any party proposes other terms, student and
-- guardian take their consent back, and whoever ends a placement has told the
-- others only when they say so.

-- Consent under an edition, taken back (rule 1.16).
create table agreement_withdrawal (
	consortium_id uuid not null,
	placement_id uuid not null,
	edition integer not null,
	party text not null check (party in ('student', 'guardian')),
	reason text not null check (char_length(reason) between 1 and 500),
	created_at timestamptz not null default now(),
	created_by uuid,
	primary key (consortium_id, placement_id, edition, party),
	foreign key (consortium_id, placement_id, edition)
		references agreement_edition
);

create trigger append_only before update or delete on agreement_withdrawal
	for each row execute function append_only();

-- Who has not signed the newest edition, or has taken it back.
create or replace function agreement_unsigned(consortium uuid, placement uuid)
returns text[]
language sql stable
begin atomic
	select coalesce(array_agg(needed.party), '{}')
	from unnest(array['school', 'enterprise', 'student', 'guardian'])
		as needed (party)
	where not exists (select from agreement a
		join agreement_signature s
			on s.consortium_id = a.consortium_id
			and s.placement_id = a.id and s.edition = a.edition
		where a.consortium_id = consortium and a.id = placement
			and s.party = needed.party
			and not exists (select from agreement_withdrawal w
				where w.consortium_id = s.consortium_id
					and w.placement_id = s.placement_id
					and w.edition = s.edition
					and w.party = s.party));
end;

-- Whom a termination, or a consent taken back, has yet to be told to, and when
-- that party said that it was. A guardian is told by school or student.
create table placement_notice (
	consortium_id uuid not null,
	placement_id uuid not null,
	about text not null check (about in ('terminated',
		'consent-withdrawn')),
	party text not null check (party in
		('school', 'enterprise', 'student', 'guardian')),
	created_at timestamptz not null default now(),
	told_at timestamptz,
	told_by uuid,
	primary key (consortium_id, placement_id, about, party),
	foreign key (consortium_id, placement_id) references placement,
	constraint placement_notice_told_by_somebody
		check ((told_at is null) = (told_by is null))
);

-- Everybody but who did it; the guardian if one has signed.
create function notify_parties(
	p placement, what text, p_actor uuid, but text
) returns void
language sql
begin atomic
	insert into placement_notice (consortium_id, placement_id, about, party)
	select p.consortium_id, p.id, what, n.party
	from unnest(array['school', 'enterprise', 'student', 'guardian'])
		as n (party)
	where n.party is distinct from coalesce(but, (select a.owner_kind
			from account a where a.consortium_id = p.consortium_id
				and a.id = p_actor))
		and (n.party <> 'guardian' or exists (
			select from agreement_signature s
			where s.consortium_id = p.consortium_id
				and s.placement_id = p.id
				and s.party = 'guardian'))
	on conflict do nothing;
end;

-- BEFORE UPDATE, ahead of `keep`, which empties the actor.
create function placement_ends() returns trigger
language plpgsql as $$
begin
	perform notify_parties(new, 'terminated', new.actor, null);
	return new;
end;
$$;

create trigger inform before update on placement
	for each row when (new.state = 'terminated'
		and old.state <> 'terminated')
	execute function placement_ends();

-- The party of the account says that it was told; or, of the guardian, that
-- he was. No row: there was nothing to tell.
create function acknowledge_notices(
	p_consortium uuid, p_placement uuid, p_owner uuid, p_party text,
	p_actor uuid
) returns setof placement_notice
language plpgsql as $$
begin
	perform placement_of(p_consortium, p_placement, p_owner);
	return query update placement_notice n set told_at = now(),
		told_by = p_actor
	where n.consortium_id = p_consortium
		and n.placement_id = p_placement and n.party = p_party
		and n.told_at is null
	returning n.*;
end;
$$;

-- Consent is taken back under the newest edition. What has not begun does not
-- begin until all have signed another; what has begun is over.
create function withdraw_consent(
	p_consortium uuid, p_placement uuid, p_owner uuid, p_party text,
	p_reason text, p_actor uuid
) returns void
language plpgsql as $$
declare
	p placement;
	a agreement;
begin
	p := placement_to_agree(p_consortium, p_placement, p_owner);
	select * into a from agreement
	where consortium_id = p_consortium and id = p_placement for update;
	if not exists (select from agreement_signature s
			where s.consortium_id = p_consortium
				and s.placement_id = p_placement
				and s.edition = a.edition
				and s.party = p_party)
			and p.state <> 'started' then
		raise exception 'this party has not signed it'
			using errcode = 'DK002';
	end if;
	-- while a new edition waits, the one in force is what was consented to
	insert into agreement_withdrawal (consortium_id, placement_id, edition,
		party, reason, created_by)
	select p_consortium, p_placement, max(s.edition), p_party, p_reason,
		p_actor
	from agreement_signature s
	where s.consortium_id = p_consortium and s.placement_id = p_placement
		and s.party = p_party;
	update agreement set actor = p_actor
	where consortium_id = p_consortium and id = p_placement;
	perform notify_parties(p, 'consent-withdrawn', p_actor, p_party);
	if p.state = 'started' then
		perform move_placement(p_consortium, p_placement, p_owner,
			'terminated', p_reason, p_actor);
	end if;
end;
$$;

-- As in 0022; and a student proposes other terms, once all have signed some.
-- Whether the internship is longer than one generally is comes back (rule
-- 1.3): then it asks for a reason.
drop function put_agreement(uuid, uuid, uuid, json, bigint, uuid);
create function put_agreement(
	p_consortium uuid, p_placement uuid, p_owner uuid, p_terms json,
	p_expected bigint, p_actor uuid, p_excused text[] default '{}'
) returns boolean
language plpgsql as $$
declare
	p placement;
	a agreement;
	months_max integer;
	months integer;
begin
	p := placement_to_agree(p_consortium, p_placement, p_owner);
	select * into a from agreement
	where consortium_id = p_consortium and id = p_placement for update;
	if coalesce(a.version, 0) <> p_expected then
		raise exception 'the agreement is at version %',
			coalesce(a.version, 0)
			using errcode = 'DK006',
				detail = coalesce(a.version, 0)::text;
	elsif p_owner = p.student_id and a.signed_edition is null then
		raise exception 'school or enterprise write it first'
			using errcode = 'DK002';
	elsif p.state = 'started' and p.period_start
			<> (p_terms ->> 'period_start')::date then
		raise exception 'it has started already'
			using errcode = '23514',
				constraint = 'agreement_start_is_past';
	end if;
	if a.id is null then
		insert into agreement (consortium_id, id, created_by)
		values (p_consortium, p_placement, p_actor);
	else
		update agreement set edition = edition + 1, actor = p_actor
		where consortium_id = p_consortium and id = p_placement;
	end if;
	insert into agreement_edition (consortium_id, placement_id, edition,
		terms, sha256, created_by)
	values (p_consortium, p_placement, coalesce(a.edition, 0) + 1, p_terms,
		sha256(convert_to(p_placement || ' '
			|| coalesce(a.edition, 0) + 1 || ' ' || p_terms::text,
			'UTF8')), p_actor);
	months_max := coalesce((select intern_months_max from policy
		where consortium_id = p_consortium
			and version = policy_at(p_consortium, now())), 6);
	-- begun months, as a reader counts them
	months := extract(year from age) * 12 + extract(month from age)
		+ (extract(day from age) > 0)::integer
	from age((p_terms ->> 'period_end')::date + 1,
		(p_terms ->> 'period_start')::date);
	if months <= months_max or exists (select from posting q
			where q.consortium_id = p_consortium
				and q.id = p.posting_id
				and q.kind <> 'internship') then
		return false;
	elsif 'length' <> all (p_excused) then
		raise exception 'longer than an internship generally is'
			using errcode = 'DK005',
				constraint = 'agreement_rule_1_3',
				detail = months_max || ' ' || months;
	end if;
	return true;
end;
$$;
