-- PostgreSQL of the releases of November 2026 (15.20) alters no table whose row
-- type the parsed body of a function uses (begin atomic, return). So functions
-- of rows have string bodies, like these, which were parsed; schema/README.md
-- has it as a rule. 0045 and 0054 were mended, since a new database stopped in
-- them; one that has them as they were has what they say from here on.

do $$
begin
	if (select p.prosqlbody is null from pg_proc p
			where p.oid = 'audit_text(audit)'::regprocedure) then
		raise 'these functions have string bodies already';
	end if;
end;
$$;

-- As 0029 has it.
create or replace function audit_text(entry audit) returns text
language sql stable as $$
	select audit_field(entry.consortium_id::text)
	|| audit_field(entry.seq::text)
	|| audit_field((extract(epoch from entry.at) * 1000000)::bigint::text)
	|| audit_field(entry.actor::text)
	|| audit_field(entry.action)
	|| audit_field(entry.subject_kind)
	|| audit_field(entry.subject_id::text)
	|| audit_field(entry.detail::text);
$$;

-- As 0029 has it.
create or replace function audit_hash(entry audit) returns bytea
language sql stable as $$
	select sha256(entry.prev_hash || convert_to(audit_text(entry), 'UTF8'));
$$;

-- As 0036 has it.
create or replace function appoint(
	p_home uuid, p_manager uuid, p_account uuid, p_is_responsible boolean
) returns setof account
language sql as $$
	update account a set is_responsible = p_is_responsible,
		actor = p_manager
	from account m
	where m.consortium_id = p_home and m.id = p_manager
		and a.id = p_account and a.id <> m.id
		and a.role in ('school', 'enterprise', 'office')
		and (a.owner_kind <> m.owner_kind or m.is_responsible)
		and account_may_manage(p_home, p_manager, a.consortium_id,
			a.owner_kind, a.student_id, a.enterprise_id,
			a.school_id)
	returning a.*;
$$;

-- As 0036 has it.
create or replace function access_state(r access_request) returns text
language sql stable as $$
	select case when r.refused_because is not null then 'refused'
		when r.approved_until is null then 'requested'
		when r.ended_at is not null or r.approved_until <= now()
			then 'ended'
		else 'approved' end;
$$;

-- As 0037 has it.
create or replace function placement_is_far(p placement) returns boolean
language sql stable as $$
	select (select left(coalesce(q.division_code, e.division_code), 2)
		<> left(c.division_code, 2)
	from enterprise e
	join student s on s.consortium_id = e.consortium_id
		and s.id = p.student_id
	join school c on c.consortium_id = s.consortium_id
		and c.id = s.school_id
	left join posting q on q.consortium_id = e.consortium_id
		and q.id = p.posting_id
	where e.consortium_id = p.consortium_id and e.id = p.enterprise_id);
$$;

-- As 0038 has it.
create or replace function notify_parties(
	p placement, what text, p_actor uuid, but text
) returns void
language sql as $$
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
$$;

-- As 0048 has it.
create or replace function appeal_detail(a appeal) returns jsonb
language sql stable as $$
	select jsonb_build_object('round_id', a.round_id, 'made_by', a.made_by,
	'owner_id', a.owner_id, 'student_id', a.student_id,
	'posting_id', a.posting_id, 'grounds', a.grounds,
	'text_sha256', encode(sha256(convert_to(a.text, 'UTF8')), 'hex'),
	'answer', a.answer);
$$;

-- As 0051 has it.
create or replace function quota_override_state(it quota_override) returns text
language sql stable as $$
	select case when isempty((it).days) then 'withdrawn'
	when today_in_china() < lower((it).days) then 'coming'
	when today_in_china() < upper((it).days) then 'holding'
	else 'over' end;
$$;

-- As 0056 has it.
create or replace function is_time_to_remind(r round) returns boolean
language sql stable as $$
	select r.state = 'open' and now() < r.closes_at and now() >= r.closes_at
	- least(interval '2 days', (r.closes_at - r.opens_at) / 2);
$$;

-- As 0058 has it.
create or replace function graduate_facts(p_consortium uuid, p_student uuid)
returns setof graduate_fact
language sql stable as $$
	select s.consortium_id, s.id, null::timestamptz,
		'infinity'::timestamptz,
		s.school_id, extract(year from s.graduates_on)::smallint,
		extract(month from s.graduates_on)::smallint,
		s.specialty_code, coalesce(s.sex, 'unknown'),
		coalesce(d.code, 'none'),
		(case d.evidence_level when 'declared' then 1
			when 'employer' then 2 when 'document' then 3
			when 'insurance_record' then 4 else 0 end)::smallint,
		case when k.counts_as_employed then place_of_work(
			c.division_code, d.division_code) else 0::smallint end,
		(case when not k.counts_as_employed or d.is_aligned is null
			then 0 else 1 + d.is_aligned::integer end)::smallint,
		case when k.counts_as_employed then alignment_of(
			s.specialty_code, d.occupation_code)
			else 0::smallint end
	from student s
	join consortium c on c.id = s.consortium_id
	left join graduate_destination d
		on d.consortium_id = s.consortium_id and d.id = s.id
		and d.state not in ('denied', 'returned')
	left join destination k on k.code = d.code
	where s.consortium_id = p_consortium and s.id = p_student
		and s.graduates_on is not null and s.state <> 'left';
$$;

-- As 0058 has it.
create or replace function graduate_counted(f graduate_fact, p_n integer)
returns void
language sql as $$
	insert into graduate_count (consortium_id, school_id, year, month,
		specialty_code, sex, code, evidence, place, aligned_said,
		aligned_computed, n)
	values (f.consortium_id, f.school_id, f.year, f.month,
		f.specialty_code, f.sex, f.code, f.evidence, f.place,
		f.aligned_said, f.aligned_computed, p_n);
$$;

-- As 0045 has it.
create or replace function enterprise_quota_under(p policy, day date)
returns table (enterprise_id uuid, staff_count integer, size_class text,
	base_count bigint, base_counted_on date, floor_rule text,
	rule_industry_code text, rule_size_class text, floor_mille integer,
	floor_seats integer, cap_mille integer, cap_seats integer,
	override_id uuid)
language sql stable as $$
	select e.id, e.staff_count, size.name, base.counted,
		base.counted_on,
		case when q.floor_mille is not null then 'exemption'
			when r.floor_mille is null then 'general'
			when r.size_class is null then 'industry'
			when r.industry_code is null then 'size'
			else 'industry-and-size' end,
		case when q.floor_mille is null then r.industry_code end,
		case when q.floor_mille is null then r.size_class end,
		mille.floor, least(seats.cap, seats.floor)::integer,
		mille.cap, seats.cap::integer, q.id
	from enterprise e
	join industry i on i.code = e.industry_code
	left join quota_override q on q.consortium_id = e.consortium_id
		and q.enterprise_id = e.id
		and q.days @> enterprise_quota_under.day
	left join lateral (
		select s.name
		from jsonb_to_recordset((p).size_classes)
			as s (name text, staff_from integer)
		where s.staff_from <= e.staff_count
		order by s.staff_from desc
		limit 1
	) size on true
	left join lateral (
		select f.industry_code, f.size_class, f.floor_mille
		from jsonb_to_recordset((p).floors) as f (industry_code text,
			size_class text, floor_mille integer)
		where (f.industry_code is null or f.industry_code = i.section
				or f.industry_code = left(i.code, 2))
			and (f.size_class is null or f.size_class = size.name)
		order by num_nonnulls(f.industry_code, f.size_class) desc,
			f.size_class is null, length(f.industry_code) desc
		limit 1
	) r on true
	cross join lateral (select coalesce(q.floor_mille, r.floor_mille,
			(p).floor_mille),
		least(100, coalesce(q.staff_cap_mille, (p).staff_cap_mille))
	) as mille (floor, cap)
	cross join lateral (
		select e.staff_count::bigint, e.staff_counted_on
		where (p).floor_base = 'staff'
		union all
		select coalesce(sum(c.staff_count), 0), min(c.staff_counted_on)
		from post_category c
		where (p).floor_base = 'posts'
			and c.consortium_id = e.consortium_id
			and c.enterprise_id = e.id
		having (p).floor_base = 'posts'
		union all
		select coalesce(sum(o.openings), 0),
			least(enterprise_quota_under.day, today_in_china())
		from posting o
		where (p).floor_base = 'openings'
			and o.consortium_id = e.consortium_id
			and o.enterprise_id = e.id and o.state <> 'draft'
			and (o.published_at at time zone 'Asia/Shanghai')::date
				between least(enterprise_quota_under.day,
					today_in_china()) - 364
				and least(enterprise_quota_under.day,
					today_in_china())
		having (p).floor_base = 'openings'
	) as base (counted, counted_on)
	cross join lateral (select e.staff_count::bigint * mille.cap / 1000,
		(base.counted * mille.floor + 999) / 1000
	) as seats (cap, floor)
	where e.consortium_id = (p).consortium_id;
$$;

-- As 0045 has it.
create or replace function post_category_quota_under(p policy, day date)
returns table (post_category_id uuid, enterprise_id uuid,
	staff_count integer, cap_mille integer, cap_seats integer,
	override_id uuid)
language sql stable as $$
	select c.id, c.enterprise_id, c.staff_count, mille.cap,
		(c.staff_count::bigint * mille.cap / 1000)::integer, q.id
	from post_category c
	left join quota_override q on q.consortium_id = c.consortium_id
		and q.enterprise_id = c.enterprise_id
		and q.days @> post_category_quota_under.day
	cross join lateral (select least(200, coalesce(
		q.post_category_cap_mille, (p).post_category_cap_mille))
	) as mille (cap)
	where c.consortium_id = (p).consortium_id;
$$;

-- As 0054 has it.
create or replace function policy_drawn(
	consortium uuid, version integer, body jsonb, account uuid
) returns policy
language sql stable as $$
	select jsonb_populate_record(null::policy, jsonb_build_object(
		'invitations_per_day', 50, 'invitations_per_student', 5,
		'interviews_per_application', 5, 'proposed_wishes', 0,
		'counted_lists', 'all', 'host_lists', 'kept',
		'floor_base', 'staff', 'size_classes', '[]'::jsonb,
		'floors', '[]'::jsonb)
	|| body || jsonb_build_object(
		'consortium_id', consortium, 'version', version,
		'valid_from', greatest((body ->> 'valid_from')::timestamptz,
			now()),
		'created_at', now(), 'created_by', account));
$$;

-- As 0064 has it.
create or replace function demand_of_entry(d demand) returns demand_count
language sql stable as $$
	select row(d.consortium_id, d.year::smallint, 'demand-list',
	case when is_open_to(d.specialty_code, d.education)
		then d.specialty_code else '' end, '', 1, d.openings::bigint,
	d.openings * 1000::bigint, 0, 0::bigint, 0::bigint,
	null::bigint)::demand_count;
$$;

-- As 0064 has it.
create or replace function demand_of_posting(p posting, taught text)
returns setof demand_count
language sql stable as $$
	with said as (
		select case when taught is null
			then demand_nodes(p.targets, p.min_education)
			else array[taught] end as nodes
	), node as (
		select n.code, '' as education, n.k,
			cardinality(s.nodes) as of
		from said s, unnest(s.nodes) with ordinality as n (code, k)
		union all
		select case when p.targets = '{}'
				then coalesce(p.occupation_code, '')
				else '' end,
			case when p.targets = '{}'
				and p.occupation_code is not null
				then coalesce(p.min_education, '')
				else '' end, 1, 1
		from said s
		where s.nodes = '{}'
	), cut as (
		select n.code, n.education,
			(p.openings * 1000 / n.of
			+ (n.k <= p.openings * 1000 % n.of)::integer)::bigint
			as share,
			(p.state = 'published')::integer as is_now
		from node n
	)
	select p.consortium_id, extract(year from p.first_published_at
			at time zone 'Asia/Shanghai')::smallint,
		p.kind, c.code, c.education, 1, p.openings::bigint, c.share,
		c.is_now, p.openings::bigint * c.is_now, c.share * c.is_now,
		null::bigint
	from cut c
	where p.first_published_at is not null;
$$;
