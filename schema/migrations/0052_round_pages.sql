-- What a run says to those who got no place by it, and of the wishes that it
-- could not read: what the pages of students and schools are made of.

-- Who is in the run and has no seat; why: what decided at the wish that came
-- nearest (docs/placement.md, "Explanations"), or that there was none.
create table run_unplaced (
	consortium_id uuid not null,
	run_id uuid not null,
	student_id uuid not null,
	why text not null check (why in ('no_wishes', 'left_out', 'ranking',
		'seats', 'rank', 'score', 'lottery', 'posting', 'shortfall',
		'placed', 'even')),
	choice integer check (choice >= 1),
	-- places of rank or points of score
	gap bigint check (gap >= 0),
	primary key (consortium_id, run_id, student_id),
	foreign key (consortium_id, run_id) references run,
	foreign key (consortium_id, student_id) references student,
	constraint run_unplaced_names_its_wish
		check ((why in ('no_wishes', 'left_out')) = (choice is null))
);

-- A wish that stayed out of the instance: its posting was not open any more
-- (no rule), or a rule blocks the pair, with its limit and what was met.
create table run_left_out (
	consortium_id uuid not null,
	run_id uuid not null,
	student_id uuid not null,
	posting_id uuid not null,
	rule text check (rule <> ''),
	allowed bigint,
	actual bigint,
	primary key (consortium_id, run_id, student_id, posting_id),
	foreign key (consortium_id, run_id) references run,
	foreign key (consortium_id, student_id) references student,
	foreign key (consortium_id, posting_id) references posting
);

create trigger append_only before update or delete on run_unplaced
	for each row execute function append_only();
create trigger append_only before update or delete on run_left_out
	for each row execute function append_only();
create trigger written after insert on run_unplaced
	referencing new table as written
	for each statement execute function run_written();
create trigger written after insert on run_left_out
	referencing new table as written
	for each statement execute function run_written();
