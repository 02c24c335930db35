-- Enterprises and postings from files. What becomes of a row is found by doing
-- it: the same triggers and constraints as ever have the last word, and what
-- they refuse is told with the row by the constraint's name. Where nothing is
-- to be written, what was done is undone (DK010).
--
-- What is known is looked up once for a batch, by a plan of that moment: the
-- same transaction fills the table, and a plan made when it was empty would
-- read all of it for each row. What is done with a row keeps its plans.

-- One row of a file as it becomes an enterprise: made, or changed as far as
-- the row says something. The office changes only what nobody else answers
-- for: an enterprise with an account says itself what it is.
create function import_enterprise(
	p_consortium uuid, p_account uuid, p_id uuid, p_said jsonb,
	e enterprise, out is_new boolean, out is_changed boolean
) language plpgsql set plan_cache_mode = auto as $$
declare
	q enterprise := jsonb_populate_record(e, p_said);
begin
	is_new := e.id is null;
	is_changed := not is_new and q is distinct from e;
	if q.staff_counted_on > today_in_china() then
		raise exception 'a count of a day to come' using errcode =
			'DK005', constraint = 'enterprise_staff_day_is_past';
	elsif is_changed and exists (select from account a
			where a.consortium_id = p_consortium
				and a.enterprise_id = e.id) then
		raise exception 'it has an account' using errcode = 'DK005',
			constraint = 'enterprise_answers_for_itself';
	elsif is_new then
		insert into enterprise (consortium_id, id, uscc, name,
			industry_code, division_code, unit_nature_code,
			address, staff_count, staff_counted_on, created_by)
		values (p_consortium, p_id, q.uscc, q.name, q.industry_code,
			q.division_code, q.unit_nature_code, q.address,
			q.staff_count, q.staff_counted_on, p_account);
	elsif is_changed then
		update enterprise set name = q.name,
			industry_code = q.industry_code,
			division_code = q.division_code,
			unit_nature_code = q.unit_nature_code,
			address = q.address, staff_count = q.staff_count,
			staff_counted_on = q.staff_counted_on,
			state = case when e.state = 'rejected'
				or (e.state = 'verified' and e.name <> q.name)
				then 'unverified' else e.state end,
			reason = 'a new declaration', actor = p_account
		where consortium_id = p_consortium and id = e.id;
	end if;
end;
$$;

create function import_enterprises(
	p_consortium uuid, p_account uuid, p_rows jsonb, p_writes boolean,
	p_upsert boolean
) returns table (n integer, id uuid, is_known boolean, is_new boolean,
	is_changed boolean, refused text)
language plpgsql set plan_cache_mode = force_custom_plan as $$
#variable_conflict use_column
declare
	one record;
	r jsonb;
	e enterprise;
	made uuid;
begin
	for one in
		select i.said, t as known
		from jsonb_array_elements(p_rows) as i (said)
		left join enterprise t on t.consortium_id = p_consortium
			and t.uscc = i.said ->> 'uscc'
	loop
		r := one.said;
		e := one.known;
		n := r ->> 'n';
		made := r ->> 'id';
		refused := null;
		id := e.id;
		is_known := id is not null;
		if p_writes and not p_upsert and not is_known then
			select d.is_new, d.is_changed
			into is_new, is_changed
			from import_enterprise(p_consortium, p_account, made,
				r - 'n' - 'id', e) d;
		else
			begin
				select d.is_new, d.is_changed
				into is_new, is_changed
				from import_enterprise(p_consortium,
					p_account, made, r - 'n' - 'id', e) d;
				if not (p_writes and p_upsert) then
					raise exception 'undone'
						using errcode = 'DK010';
				end if;
			exception
			when sqlstate 'DK010' then
				is_new := false;
				is_changed := false;
			when integrity_constraint_violation
					or sqlstate 'DK005' then
				get stacked diagnostics
					refused = constraint_name;
				is_new := false;
				is_changed := false;
			end;
		end if;
		if is_new then
			id := made;
		end if;
		return next;
	end loop;
end;
$$;

-- One row of a file as it becomes a posting: a draft is made, or the posting
-- of the same reference changed as far as the row says something; then it is
-- published, if the row says until when.
create function import_posting(
	p_consortium uuid, p_enterprise uuid, p_account uuid, p_id uuid,
	p_said jsonb, p posting, out is_new boolean, out is_changed boolean
) language plpgsql set plan_cache_mode = auto as $$
declare
	q posting;
	closes timestamptz := p_said ->> 'closes_at';
	unknown boolean;
begin
	is_new := p.id is null;
	if is_new then
		p.description := '';
		p.targets := '{}';
		p.required_skills := '{}';
		p.preferred_skills := '{}';
		p.required_certificates := '{}';
		p.preferred_certificates := '{}';
		p.conditions := '{}';
	end if;
	q := jsonb_populate_record(p, p_said - 'closes_at');
	is_changed := not is_new and q is distinct from p;
	select count(*) < cardinality(q.targets) into unknown
	from specialty_node s where s.code = any (q.targets);
	if unknown then
		raise exception 'a target is unknown' using errcode = '23503',
			constraint = 'posting_targets_fkey';
	elsif closes <= now() then
		raise exception 'closed already' using errcode = '23514',
			constraint = 'posting_closes_after_publication';
	end if;
	if is_new then
		insert into posting (consortium_id, id, enterprise_id,
			created_by, post_category_id, kind, title, openings,
			targets, occupation_code, division_code, address,
			pay_min_fen, pay_max_fen, pay_standard_fen,
			period_start, period_end, min_education,
			required_skills, preferred_skills,
			required_certificates, preferred_certificates,
			min_age, day_minutes, week_minutes, labour_grade,
			conditions, exception_filing, ref_system, ref,
			description)
		values (p_consortium, p_id, p_enterprise, p_account,
			q.post_category_id, q.kind, q.title, q.openings,
			q.targets, q.occupation_code, q.division_code,
			q.address, q.pay_min_fen, q.pay_max_fen,
			q.pay_standard_fen, q.period_start, q.period_end,
			q.min_education, q.required_skills,
			q.preferred_skills, q.required_certificates,
			q.preferred_certificates, q.min_age, q.day_minutes,
			q.week_minutes, q.labour_grade, q.conditions,
			q.exception_filing, q.ref_system, q.ref,
			q.description);
		p.id := p_id;
		p.state := 'draft';
	elsif is_changed then
		update posting set post_category_id = q.post_category_id,
			kind = q.kind, title = q.title, openings = q.openings,
			targets = q.targets,
			occupation_code = q.occupation_code,
			division_code = q.division_code, address = q.address,
			pay_min_fen = q.pay_min_fen,
			pay_max_fen = q.pay_max_fen,
			pay_standard_fen = q.pay_standard_fen,
			period_start = q.period_start,
			period_end = q.period_end,
			min_education = q.min_education,
			required_skills = q.required_skills,
			preferred_skills = q.preferred_skills,
			required_certificates = q.required_certificates,
			preferred_certificates = q.preferred_certificates,
			min_age = q.min_age, day_minutes = q.day_minutes,
			week_minutes = q.week_minutes,
			labour_grade = q.labour_grade,
			conditions = q.conditions,
			exception_filing = q.exception_filing,
			description = q.description, actor = p_account
		where consortium_id = p_consortium and id = p.id;
	end if;
	if closes is not null and (p.state <> 'published'
			or p.closes_at is distinct from closes) then
		update posting set state = 'published', closes_at = closes,
			actor = p_account
		where consortium_id = p_consortium and id = p.id;
		is_changed := not is_new;
	end if;
end;
$$;

create function import_postings(
	p_consortium uuid, p_enterprise uuid, p_account uuid, p_rows jsonb,
	p_writes boolean, p_upsert boolean
) returns table (n integer, id uuid, is_known boolean, is_new boolean,
	is_changed boolean, refused text)
language plpgsql set plan_cache_mode = force_custom_plan as $$
#variable_conflict use_column
declare
	one record;
	r jsonb;
	p posting;
	made uuid;
begin
	for one in
		select i.said, t as known
		from jsonb_array_elements(p_rows) as i (said)
		left join posting t on t.consortium_id = p_consortium
			and t.enterprise_id = p_enterprise
			and t.ref_system = i.said ->> 'ref_system'
			and t.ref = i.said ->> 'ref'
	loop
		r := one.said;
		p := one.known;
		n := r ->> 'n';
		made := r ->> 'id';
		refused := null;
		id := p.id;
		is_known := id is not null;
		if p_writes and not p_upsert and not is_known then
			select d.is_new, d.is_changed
			into is_new, is_changed
			from import_posting(p_consortium, p_enterprise,
				p_account, made, r - 'n' - 'id', p) d;
		else
			begin
				select d.is_new, d.is_changed
				into is_new, is_changed
				from import_posting(p_consortium,
					p_enterprise, p_account, made,
					r - 'n' - 'id', p) d;
				if not (p_writes and p_upsert) then
					raise exception 'undone'
						using errcode = 'DK010';
				end if;
			exception
			when sqlstate 'DK010' then
				is_new := false;
				is_changed := false;
			when integrity_constraint_violation
					or sqlstate 'DK005' then
				get stacked diagnostics
					refused = constraint_name;
				is_new := false;
				is_changed := false;
			end;
		end if;
		if is_new then
			id := made;
		end if;
		return next;
	end loop;
end;
$$;

-- One row of a file as a school's nomination; the matcher has judged the pair.
-- What is proposed already stays: whoever wants other days withdraws it first.
create function import_placement(
	p_consortium uuid, p_school uuid, p_account uuid, p_id uuid,
	p_said jsonb, p placement, out is_new boolean, out is_changed boolean
) language plpgsql set plan_cache_mode = auto as $$
begin
	is_new := p.id is null;
	is_changed := false;
	if not is_new and (p.period_start, p.period_end) is distinct from (
			(p_said ->> 'first')::date, (p_said ->> 'last')::date)
	then
		raise exception 'proposed for other days' using errcode =
			'DK005', constraint = 'placement_days_stay';
	elsif not is_new then
		return;
	end if;
	insert into placement (consortium_id, id, origin, student_id,
		posting_id, enterprise_id, post_category_id, period_start,
		period_end, score, created_by)
	select p_consortium, p_id, 'school', s.id, t.id, t.enterprise_id,
		t.post_category_id, (p_said ->> 'first')::date,
		(p_said ->> 'last')::date, (p_said ->> 'score')::integer,
		p_account
	from student s
	join posting t on t.consortium_id = p_consortium
		and t.id = (p_said ->> 'posting_id')::uuid
	join enterprise e on e.consortium_id = p_consortium
		and e.id = t.enterprise_id
	where s.consortium_id = p_consortium and s.school_id = p_school
		and s.student_number = p_said ->> 'student_number'
		and s.state = 'active' and e.state = 'verified'
		and t.state = 'published' and t.closes_at > now()
		and t.kind in ('internship', 'apprenticeship');
	if not found then
		raise exception 'a party is not there' using errcode = 'DK005',
			constraint = 'placement_parties_are_there';
	end if;
end;
$$;

create function import_placements(
	p_consortium uuid, p_school uuid, p_account uuid, p_rows jsonb,
	p_writes boolean, p_upsert boolean
) returns table (n integer, id uuid, is_known boolean, is_new boolean,
	is_changed boolean, refused text)
language plpgsql set plan_cache_mode = force_custom_plan as $$
#variable_conflict use_column
declare
	one record;
	r jsonb;
	p placement;
	made uuid;
begin
	-- in the words of placement_one_proposed, to find it by that
	for one in
		select i.said, t as known
		from jsonb_array_elements(p_rows) as i (said)
		left join student s on s.consortium_id = p_consortium
			and s.school_id = p_school
			and s.student_number = i.said ->> 'student_number'
		left join placement t on t.consortium_id = p_consortium
			and t.student_id = s.id
			and coalesce(t.posting_id, t.enterprise_id)
				= (i.said ->> 'posting_id')::uuid
			and t.state = 'proposed'
			and t.origin in ('school', 'self_found')
	loop
		r := one.said;
		p := one.known;
		n := r ->> 'n';
		made := r ->> 'id';
		refused := null;
		id := p.id;
		is_known := id is not null;
		if p_writes and not p_upsert and not is_known then
			select d.is_new, d.is_changed
			into is_new, is_changed
			from import_placement(p_consortium, p_school,
				p_account, made, r, p) d;
		else
			begin
				select d.is_new, d.is_changed
				into is_new, is_changed
				from import_placement(p_consortium, p_school,
					p_account, made, r, p) d;
				if not (p_writes and p_upsert) then
					raise exception 'undone'
						using errcode = 'DK010';
				end if;
			exception
			when sqlstate 'DK010' then
				is_new := false;
				is_changed := false;
			when integrity_constraint_violation
					or sqlstate 'DK005' then
				get stacked diagnostics
					refused = constraint_name;
				is_new := false;
				is_changed := false;
			end;
		end if;
		if is_new then
			id := made;
		end if;
		return next;
	end loop;
end;
$$;
