-- Wish lists to which the student says: this is what I want.

-- Of the version that the row has: every change takes it away.
alter table wish_list
	add column certified_at timestamptz,
	add column certified_by uuid,
	add constraint wish_list_certificate_is_whole
		check ((certified_at is null) = (certified_by is null));

-- Which lists of a round count: all, or those that were certified. Of one that
-- does not count nobody is placed, and nothing is proposed in its place.
alter table policy add column counted_lists text not null default 'all'
	check (counted_lists in ('all', 'certified'));

-- As 0005 has it, but for the certificate, which goes.
create or replace function put_wishes(
	p_consortium uuid, p_round uuid, p_student uuid, p_postings uuid[],
	p_actor uuid, p_expected bigint
) returns bigint
language plpgsql as $$
declare
	now_at bigint;
begin
	insert into wish_list as w (consortium_id, round_id, student_id,
		updated_by)
	values (p_consortium, p_round, p_student, p_actor)
	on conflict (consortium_id, round_id, student_id) do update
		set version = w.version + 1, updated_at = now(),
			updated_by = excluded.updated_by,
			certified_at = null, certified_by = null
	returning version into now_at;
	if now_at <> p_expected + 1 then
		raise exception 'the list is at version %', now_at - 1
			using errcode = 'DK006', detail = (now_at - 1)::text;
	end if;
	delete from wish where consortium_id = p_consortium
		and round_id = p_round and student_id = p_student;
	insert into wish (consortium_id, round_id, student_id, rank,
		posting_id)
	select p_consortium, p_round, p_student, p.rank, p.id
	from unnest(p_postings) with ordinality as p (id, rank);
	insert into change (consortium_id, topic, subject_id, kind, version,
		actor, payload)
	values (p_consortium, 'wishes', p_student, 'updated', now_at, p_actor,
		jsonb_build_object('round_id', p_round));
	return now_at;
end;
$$;

-- Certifies the list that the student saw; a second time changes nothing.
-- Returns its version, which counts the certificate, too.
create function certify_wishes(
	p_consortium uuid, p_round uuid, p_student uuid, p_actor uuid,
	p_expected bigint
) returns bigint
language plpgsql as $$
declare
	l wish_list;
begin
	select * into l from wish_list
	where consortium_id = p_consortium and round_id = p_round
		and student_id = p_student
	for update;
	if not found then
		raise exception 'no such list' using errcode = 'DK007';
	end if;
	if l.version <> p_expected then
		raise exception 'the list is at version %', l.version
			using errcode = 'DK006', detail = l.version::text;
	end if;
	if l.certified_at is not null then
		return l.version;
	end if;
	update wish_list set version = version + 1, certified_at = now(),
		certified_by = p_actor
	where consortium_id = p_consortium and round_id = p_round
		and student_id = p_student;
	insert into change (consortium_id, topic, subject_id, kind, version,
		actor, payload)
	values (p_consortium, 'wishes', p_student, 'certified', l.version + 1,
		p_actor, jsonb_build_object('round_id', p_round));
	return l.version + 1;
end;
$$;
