-- Before a round closes: who has no list yet, or none that counts, and for
-- which postings nobody was ranked. Each is told once.

create table round_reminder (
	consortium_id uuid not null,
	round_id uuid not null,
	-- a student's list, or a posting's ranking
	kind text not null check (kind in ('list-missing',
		'list-uncertified', 'ranking-missing')),
	student_id uuid,
	posting_id uuid,
	id uuid not null default gen_random_uuid(),
	created_at timestamptz not null default now(),
	primary key (consortium_id, round_id, id),
	foreign key (consortium_id, round_id) references round,
	foreign key (consortium_id, student_id) references student,
	foreign key (consortium_id, posting_id) references posting,
	constraint round_reminder_is_of_one check (case kind
		when 'ranking-missing' then posting_id is not null
			and student_id is null
		else student_id is not null and posting_id is null end)
);
create unique index round_reminder_once_a_student on round_reminder
	(consortium_id, round_id, student_id) where student_id is not null;
create unique index round_reminder_once_a_posting on round_reminder
	(consortium_id, round_id, posting_id) where posting_id is not null;

-- Rounds of which everybody has been told who was to be.
create table round_reminding (
	consortium_id uuid not null,
	round_id uuid not null,
	ended_at timestamptz not null default now(),
	primary key (consortium_id, round_id),
	foreign key (consortium_id, round_id) references round
);

-- From two days before the end on, or from halfway where the window is
-- shorter.
create function is_time_to_remind(r round) returns boolean
language sql stable
return r.state = 'open' and now() < r.closes_at and now() >= r.closes_at
	- least(interval '2 days', (r.closes_at - r.opens_at) / 2);

-- The outbox tells of each.
create function round_reminded() returns trigger
language plpgsql as $$
begin
	insert into change (consortium_id, topic, subject_id, kind, actor,
		payload)
	select t.consortium_id, 'round_reminder',
		coalesce(t.student_id, t.posting_id), t.kind,
		'00000000-0000-0000-0000-000000000000',
		jsonb_build_object('round_id', t.round_id)
	from told t;
	perform pg_notify('duikou_change', t.consortium_id::text)
	from (select distinct consortium_id from told) t;
	return null;
end;
$$;

create trigger told after insert on round_reminder
	referencing new table as told
	for each statement execute function round_reminded();
