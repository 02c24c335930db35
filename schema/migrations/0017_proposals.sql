-- Wishes proposed to those who gave none: how many a policy wants of them, and
-- which a run was made with.

-- 0: nobody is placed who gave no wishes.
alter table policy add column proposed_wishes smallint not null default 0
	check (proposed_wishes between 0 and 50);

-- What stood in a run in the place of a list, best first. Whoever put a list,
-- an empty one too, has none.
create table run_proposal (
	consortium_id uuid not null,
	run_id uuid not null,
	student_id uuid not null,
	rank smallint not null check (rank between 1 and 50),
	posting_id uuid not null,
	primary key (consortium_id, run_id, student_id, rank),
	foreign key (consortium_id, run_id) references run,
	foreign key (consortium_id, student_id) references student,
	foreign key (consortium_id, posting_id) references posting
);
create trigger append_only before update or delete on run_proposal
	for each row execute function append_only();
