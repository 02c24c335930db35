-- The order in which an enterprise would have students, posting by posting: a
-- list for each round (its version is the ETag) and its entries, best first.

create table posting_ranking (
	consortium_id uuid not null,
	round_id uuid not null,
	posting_id uuid not null,
	version bigint not null default 1,
	updated_at timestamptz not null default now(),
	updated_by uuid not null,
	primary key (consortium_id, round_id, posting_id),
	foreign key (consortium_id, round_id) references round,
	foreign key (consortium_id, posting_id) references posting
);

create table posting_rank (
	consortium_id uuid not null,
	round_id uuid not null,
	posting_id uuid not null,
	rank smallint not null check (rank between 1 and 1000),
	student_id uuid not null,
	primary key (consortium_id, round_id, posting_id, rank),
	unique (consortium_id, round_id, posting_id, student_id),
	foreign key (consortium_id, round_id, posting_id)
		references posting_ranking on delete cascade,
	foreign key (consortium_id, student_id) references student
);
create index posting_rank_by_student
	on posting_rank (consortium_id, student_id);

create trigger while_open before insert or update or delete on posting_ranking
	for each row execute function wishes_open();
create trigger while_open before insert or update or delete on posting_rank
	for each row execute function wishes_open();

-- Puts the whole list in the place of the one before; returns its version.
-- expected: the version that the caller saw (0: none yet).
create function put_posting_ranking(
	p_consortium uuid, p_round uuid, p_posting uuid, p_students uuid[],
	p_actor uuid, p_expected bigint
) returns bigint
language plpgsql as $$
declare
	now_at bigint;
begin
	insert into posting_ranking as l (consortium_id, round_id, posting_id,
		updated_by)
	values (p_consortium, p_round, p_posting, p_actor)
	on conflict (consortium_id, round_id, posting_id) do update
		set version = l.version + 1, updated_at = now(),
			updated_by = excluded.updated_by
	returning version into now_at;
	if now_at <> p_expected + 1 then
		raise exception 'the list is at version %', now_at - 1
			using errcode = 'DK006', detail = (now_at - 1)::text;
	end if;
	delete from posting_rank where consortium_id = p_consortium
		and round_id = p_round and posting_id = p_posting;
	insert into posting_rank (consortium_id, round_id, posting_id, rank,
		student_id)
	select p_consortium, p_round, p_posting, s.rank, s.id
	from unnest(p_students) with ordinality as s (id, rank);
	insert into change (consortium_id, topic, subject_id, kind, version,
		actor, payload)
	values (p_consortium, 'posting_ranking', p_posting, 'updated', now_at,
		p_actor, jsonb_build_object('round_id', p_round));
	return now_at;
end;
$$;
