-- Statements of what an enterprise took in a period, as the consortium said
-- it once: the document stays, byte for byte, and its code proves it.

create table quota_statement (
	consortium_id uuid not null,
	id uuid not null,
	enterprise_id uuid not null,
	first_day date not null,
	last_day date not null,
	content text not null,
	sha256 bytea not null,
	code text not null check (code ~ '^[A-Za-z0-9_-]{20,200}$'),
	created_at timestamptz not null default now(),
	created_by uuid,
	version bigint not null default 1 check (version = 1),
	primary key (consortium_id, id),
	foreign key (consortium_id, enterprise_id) references enterprise,
	constraint quota_statement_days_in_order check (first_day <= last_day),
	constraint quota_statement_sha256_fits
		check (sha256 = sha256(convert_to(content, 'UTF8')))
);
create index quota_statement_by_enterprise on quota_statement
	(consortium_id, enterprise_id, id);

create trigger created after insert on quota_statement
	for each row execute function row_created('quota_statement', 'wake');
create trigger append_only before update or delete on quota_statement
	for each row execute function append_only();
create trigger append_only_whole before truncate on quota_statement
	for each statement execute function append_only();

-- Of each day of a span that the ledger of an enterprise knows, today the
-- last: the entry that held at its end.
create function quota_days(
	consortium uuid, enterprise uuid, first_day date, last_day date
)
returns table (day date, policy_version integer, floor_seats integer,
	cap_seats integer, present integer)
language sql stable
begin atomic
	with entry as (
		select h.*, lead(h.at, 1, 'infinity') over (order by h.seq)
			as until
		from quota_entry h
		where h.consortium_id = consortium
			and h.enterprise_id = enterprise
			and h.line_id = enterprise
	)
	select d.day, e.policy_version, e.floor_seats, e.cap_seats, e.present
	from (select first_day + n as day
		from generate_series(0, least(last_day, today_in_china())
			- first_day) as n) d
	cross join lateral (values ((d.day + 1)::timestamp
		at time zone 'Asia/Shanghai')) as ends (at)
	join entry e on e.at < ends.at and e.until >= ends.at;
end;

-- The internships that lay in a span, in the order they began: one who came
-- twice has one number. Nothing says who it is.
create function quota_interns(
	consortium uuid, enterprise uuid, first_day date, last_day date
)
returns table (number bigint, kind text, post_category text, started_on date,
	ended_on date, days integer, state text)
language sql stable
begin atomic
	with there as (
		select p.id, p.student_id, p.state, p.started_on, p.ended_on,
			coalesce(q.kind, 'internship') as kind,
			c.name as post_category,
			min(p.started_on) over (partition by p.student_id)
				as first_started
		from placement p
		left join posting q on q.consortium_id = p.consortium_id
			and q.id = p.posting_id
		left join post_category c on c.consortium_id = p.consortium_id
			and c.id = p.post_category_id
		where p.consortium_id = consortium
			and p.enterprise_id = enterprise
			and p.state in ('started', 'completed', 'terminated')
			and p.started_on <= least(last_day, today_in_china())
			and coalesce(p.ended_on, 'infinity') >= first_day
	)
	select dense_rank() over (order by first_started,
			sha256(uuid_send(t.student_id))),
		t.kind, t.post_category, t.started_on, t.ended_on,
		least(coalesce(t.ended_on, today_in_china()), last_day,
			today_in_china()) - greatest(t.started_on, first_day)
			+ 1, t.state
	from there t;
end;

-- The document. What is counted ends today, if the period does not sooner.
create function quota_statement_of(
	consortium uuid, enterprise uuid, first_day date, last_day date,
	statement uuid
) returns text
language sql stable
begin atomic
	with intern as (
		select * from quota_interns(consortium, enterprise, first_day,
			last_day)
	), known as (
		select * from quota_days(consortium, enterprise, first_day,
			last_day)
	), totals as (
		select json_build_object('placements', count(*),
			'students', count(distinct number),
			'days', coalesce(sum(days), 0),
			'completed', count(*)
				filter (where state = 'completed'),
			'ended_early', count(*)
				filter (where state = 'terminated'),
			'going_on', count(*) filter (where state = 'started'))
			as said
		from intern
	), categories as (
		select coalesce(json_agg(json_build_object(
			'post_category', c.post_category,
			'placements', c.placements, 'students', c.students,
			'days', c.days) order by c.post_category nulls last),
			'[]') as said
		from (select post_category, count(*) as placements,
				count(distinct number) as students,
				sum(days) as days
			from intern group by 1) c
	), one_by_one as (
		select coalesce(json_agg(json_build_object('number', number,
			'kind', kind, 'post_category', post_category,
			'started_on', started_on, 'ended_on', ended_on,
			'days', days, 'state', state)
			order by number, started_on), '[]') as said
		from intern
	), versions as (
		select coalesce(json_agg(json_build_object(
			'policy_version', v.policy_version, 'from', v.first,
			'to', v.last, 'days', v.days, 'days_met', v.met,
			'floor_least', v.floor_least,
			'floor_most', v.floor_most,
			'present_least', v.present_least,
			'present_most', v.present_most)
			order by v.policy_version), '[]') as said
		from (select policy_version, min(day) as first,
				max(day) as last, count(*) as days,
				count(*) filter (where present >= floor_seats)
					as met,
				min(floor_seats) as floor_least,
				max(floor_seats) as floor_most,
				min(present) as present_least,
				max(present) as present_most
			from known group by 1) v
	), floor as (
		select json_build_object('days_known', count(*),
			'days_met', count(*)
				filter (where present >= floor_seats),
			'owed', coalesce(sum(floor_seats), 0),
			'had', coalesce(sum(least(present, floor_seats)), 0),
			'by_policy', (select said from versions)) as said
		from known
	)
	select json_build_object('form', 'duikou-quota-statement-1',
		'id', statement, 'consortium_id', o.id,
		'consortium_name', o.name, 'enterprise_id', e.id,
		'enterprise_name', e.name, 'uscc', e.uscc,
		'from', first_day, 'to', last_day,
		'counted_until', least(last_day, today_in_china()),
		'issued_at', to_char(now() at time zone 'UTC',
			'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
		'totals', (select said from totals),
		'post_categories', (select said from categories),
		'floor', (select said from floor),
		'interns', (select said from one_by_one))::text
	from enterprise e
	join consortium o on o.id = e.consortium_id
	where e.consortium_id = consortium and e.id = enterprise;
end;
