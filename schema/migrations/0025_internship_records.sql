-- What is kept of an internship: the student's weekly reports with the marks
-- of school and enterprise (rule 1.30), and what student and enterprise think
-- of each other at its end.

create table internship_log (
	consortium_id uuid not null,
	id uuid not null,
	placement_id uuid not null,
	-- 1: the seven days from the first one on
	week smallint not null check (week >= 1),
	text text not null check (char_length(text) between 1 and 10000),
	-- later than seven days after the week
	is_late boolean not null,
	school_mark text check (school_mark in
		('excellent', 'good', 'pass', 'fail')),
	school_note text check (char_length(school_note) between 1 and 1000),
	enterprise_mark text check (enterprise_mark in
		('excellent', 'good', 'pass', 'fail')),
	enterprise_note text
		check (char_length(enterprise_note) between 1 and 1000),
	version bigint not null default 1,
	created_at timestamptz not null default now(),
	created_by uuid,
	updated_at timestamptz not null default now(),
	actor uuid,
	primary key (consortium_id, id),
	foreign key (consortium_id, placement_id) references placement,
	constraint internship_log_one_a_week
		unique (consortium_id, placement_id, week),
	constraint internship_log_actor_is_emptied check (actor is null)
);

create trigger created after insert on internship_log
	for each row execute function row_created('internship_log', 'wake');
create trigger keep before update on internship_log
	for each row execute function row_kept('internship_log');

create table evaluation (
	consortium_id uuid not null,
	id uuid not null,
	placement_id uuid not null,
	made_by text not null check (made_by in ('student', 'enterprise')),
	score smallint not null check (score between 1 and 5),
	text text check (char_length(text) between 1 and 2000),
	version bigint not null default 1,
	created_at timestamptz not null default now(),
	created_by uuid,
	primary key (consortium_id, id),
	foreign key (consortium_id, placement_id) references placement,
	constraint evaluation_once
		unique (consortium_id, placement_id, made_by)
);

create trigger created after insert on evaluation
	for each row execute function row_created('evaluation', 'wake');
create trigger append_only before update or delete on evaluation
	for each row execute function append_only();

-- One report a week, for every week that has begun; late ones are marked.
create function report_week(
	p_consortium uuid, p_placement uuid, p_student uuid, p_id uuid,
	p_week integer, p_text text, p_actor uuid
) returns void
language plpgsql as $$
declare
	p placement;
	last_day date;
begin
	p := placement_of(p_consortium, p_placement, p_student);
	if p.state not in ('started', 'completed') then
		raise exception 'the placement is %: no week to report',
			p.state using errcode = 'DK002';
	end if;
	last_day := coalesce(p.ended_on, today_in_china());
	if p.started_on + 7 * (p_week - 1) > last_day then
		raise exception 'that week has not begun'
			using errcode = '23514',
				constraint = 'internship_log_week_has_begun';
	end if;
	insert into internship_log (consortium_id, id, placement_id, week,
		text, is_late, created_by)
	values (p_consortium, p_id, p_placement, p_week, p_text,
		today_in_china() >= p.started_on + 7 * (p_week + 1), p_actor);
end;
$$;

create function evaluate_placement(
	p_consortium uuid, p_placement uuid, p_owner uuid, p_id uuid,
	p_made_by text, p_score integer, p_text text, p_actor uuid
) returns evaluation
language plpgsql as $$
declare
	p placement;
	made evaluation;
begin
	p := placement_of(p_consortium, p_placement, p_owner);
	if p.ended_on is null then
		raise exception 'the placement is %: nothing to evaluate yet',
			p.state using errcode = 'DK002';
	end if;
	insert into evaluation (consortium_id, id, placement_id, made_by,
		score, text, created_by)
	values (p_consortium, p_id, p_placement, p_made_by, p_score, p_text,
		p_actor)
	returning * into made;
	return made;
end;
$$;

-- What an enterprise's certificate counts: completed internships, by the days
-- of them that lie in the period.
create index placement_completed on placement
	(consortium_id, enterprise_id, ended_on) where state = 'completed';
