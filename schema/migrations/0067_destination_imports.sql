-- Destinations from a school's files, in the layout that graduates are
-- registered in: each row as the school's own entry (put_graduate_destination)
-- under all its rules. What becomes of it is found as in 0032.

alter table import
	drop constraint import_kind_check,
	add constraint import_kind_check check (kind in
		('students', 'enterprises', 'postings', 'placements',
			'destinations'));

-- A division with what it lies in, as people write it: 浙江省杭州市西湖区.
create function division_called(p_code text) returns text
language sql stable
begin atomic
	select string_agg(x.name, '' order by x.code) from division x
	where x.code in (left(p_code, 2) || '0000', left(p_code, 4) || '00',
			p_code)
		and x.name not in ('市辖区', '县', '省直辖县级行政区划',
			'自治区直辖县级行政区划');
end;

-- A category by what people call it: the official name, or what newer forms
-- write in its place; what stands behind a dash says more than the category.
create function destination_named(p_name text) returns text
language sql stable
begin atomic
	select k.code from destination k
	where k.is_current and k.name = (select coalesce((array['出国、出境',
			'升学', '出国、出境', '科研助理、管理助理'])
			[array_position(array['境外留学', '境内升学',
				'出国出境', '科研助理'], w.word)], w.word)
		from (select regexp_replace(p_name, '[-—].*$', '')) w (word));
end;

-- Codes that a row names by name, or says in two ways.
create function read_destination_names(inout p_said jsonb)
language plpgsql as $$
declare
	code text := p_said ->> 'code';
	named text := destination_named(p_said ->> 'code_name');
	nature text := (select n.code from unit_nature n where n.is_current
		and n.name = p_said ->> 'unit_nature_name');
	section text := (select i.code from industry i where i.is_current
		and i.level = 'section'
		and i.name = p_said ->> 'industry_name');
begin
	if p_said ? 'code_name' and named is null then
		perform destination_refused('destination_name_is_known',
			'no category is called so');
	elsif code <> named then
		perform destination_refused('destination_name_agrees',
			'the category has another name');
	elsif p_said ? 'unit_nature_name' and nature is null
			and not p_said ? 'unit_nature_code' then
		perform destination_refused('destination_nature_is_known',
			'no nature of units is called so');
	elsif p_said ? 'industry_name' and section is null
			and not p_said ? 'industry_code' then
		perform destination_refused('destination_industry_is_known',
			'no section of industries is called so');
	end if;
	p_said := jsonb_strip_nulls(jsonb_build_object('code', named,
			'unit_nature_code', nature, 'industry_code', section))
		|| (p_said - array['code_name', 'unit_nature_name',
			'industry_name']);
end;
$$;

-- Do two records say the same of where a graduate is?
create function destination_says_same(
	a graduate_destination, b graduate_destination
) returns boolean
language sql immutable as $$
	select (a.code, a.employer_name, a.employer_uscc, a.unit_nature_code,
		a.industry_code, a.division_code, a.occupation_code,
		a.started_on, a.pay_band, a.is_aligned, a.evidence_kind,
		a.evidence_sha256)
	is not distinct from (b.code, b.employer_name, b.employer_uscc,
		b.unit_nature_code, b.industry_code, b.division_code,
		b.occupation_code, b.started_on, b.pay_band, b.is_aligned,
		b.evidence_kind, b.evidence_sha256);
$$;

-- One row of a file as the school's entry. Of the same category, an empty cell
-- leaves what is there; another category is a record of its own. That the
-- graduate lets the employer be asked is his to say, and goes with what he
-- said.
create function import_destination(
	p_consortium uuid, p_school uuid, p_account uuid, p_said jsonb,
	s student, old graduate_destination,
	out is_new boolean, out is_changed boolean
) language plpgsql set plan_cache_mode = auto as $$
declare
	d graduate_destination;
	kind text := p_said ->> 'evidence_kind';
	why text := p_said ->> 'reason';
begin
	is_new := old.id is null;
	is_changed := false;
	if s.id is null then
		perform destination_refused('destination_student_is_here',
			'no student of the school has this number');
	elsif s.name <> p_said ->> 'student_name' then
		perform destination_refused('destination_names_student',
			'the student of this number has another name');
	elsif s.state = 'left' or s.graduates_on is null then
		perform destination_refused('destination_is_of_a_cohort',
			'the student is of no cohort of graduates');
	end if;
	p_said := read_destination_names(p_said - array['n', 'id',
		'student_number', 'student_name', 'reason', 'evidence_kind']);
	if old.code = p_said ->> 'code' then
		d := old;
		kind := coalesce(kind, old.evidence_kind);
	end if;
	d := jsonb_populate_record(d, p_said);
	d.consortium_id := p_consortium;
	d.id := s.id;
	if kind is distinct from 'internship_proof' then
		d.evidence_kind := kind;
		if not is_new and destination_says_same(d, old) then
			return;
		end if;
	end if;
	d.is_employer_asked := false;
	perform put_graduate_destination(p_school, d, kind,
		coalesce(old.version, 0), why, p_account);
	is_changed := not is_new;
end;
$$;

create function import_destinations(
	p_consortium uuid, p_school uuid, p_account uuid, p_rows jsonb,
	p_writes boolean, p_upsert boolean
) returns table (n integer, id uuid, is_known boolean, is_new boolean,
	is_changed boolean, refused text)
language plpgsql set plan_cache_mode = force_custom_plan as $$
#variable_conflict use_column
declare
	one record;
	r jsonb;
	s student;
	d graduate_destination;
begin
	for one in
		select i.said, t as student, k as known
		from jsonb_array_elements(p_rows) as i (said)
		left join student t on t.consortium_id = p_consortium
			and t.school_id = p_school
			and t.student_number = i.said ->> 'student_number'
		left join graduate_destination k
			on k.consortium_id = p_consortium and k.id = t.id
		order by t.id
	loop
		r := one.said;
		s := one.student;
		d := one.known;
		n := r ->> 'n';
		id := s.id;
		refused := null;
		is_known := d.id is not null;
		begin
			select x.is_new, x.is_changed
			into is_new, is_changed
			from import_destination(p_consortium, p_school,
				p_account, r, s, d) x;
			if not p_writes or (is_known and not p_upsert) then
				raise exception 'undone'
					using errcode = 'DK010';
			end if;
		exception
		when sqlstate 'DK010' then
			is_new := false;
			is_changed := false;
		when integrity_constraint_violation or sqlstate 'DK005' then
			get stacked diagnostics refused = constraint_name;
			is_new := false;
			is_changed := false;
		end;
		return next;
	end loop;
end;
$$;

-- The first record of a frozen cohort is a correction, too, and its edition
-- says why. A row may not keep the reason, so who declares leaves it in the
-- transaction.
create or replace function destination_remembered() returns trigger
language plpgsql as $$
begin
	insert into destination_edition (consortium_id, student_id, version,
		at, actor, state, reason, is_correction, content)
	values (new.consortium_id, new.id,
		case tg_op when 'UPDATE' then old.version + 1 else 1 end,
		clock_timestamp(),
		case tg_op when 'UPDATE' then new.actor
			else new.created_by end,
		new.state, coalesce(new.reason, case tg_op when 'INSERT' then
			nullif(current_setting('duikou.first_reason', true),
				'') end),
		destination_is_frozen(new.consortium_id, new.id),
		to_jsonb(new) - array['consortium_id', 'id', 'state', 'version',
			'created_at', 'created_by', 'updated_at', 'actor',
			'reason', 'evidence_level', 'acknowledged_at',
			'confirmed_at', 'verified_at']);
	return new;
end;
$$;

-- As in 0044; but a first record brings its reason along.
create or replace function put_graduate_destination(
	p_owner uuid, d graduate_destination, p_kind text, p_version bigint,
	p_reason text, p_actor uuid
) returns void
language plpgsql as $$
declare
	s student;
	old graduate_destination;
	is_own boolean;
	is_same boolean;
begin
	select * into s from student x
	where x.consortium_id = d.consortium_id and x.id = d.id
		and p_owner in (x.id, x.school_id)
	for no key update;
	if not found then
		raise exception 'no such student' using errcode = 'DK007';
	end if;
	is_own := p_owner = s.id;
	perform destination_moment(d.consortium_id, false);
	if s.state = 'left' or s.graduates_on is null then
		raise exception 'the student is of no cohort of graduates'
			using errcode = 'DK002';
	end if;
	select * into old from graduate_destination x
	where x.consortium_id = d.consortium_id and x.id = d.id
	for update;
	if coalesce(old.version, 0) <> p_version then
		raise exception 'the destination is at version %',
			coalesce(old.version, 0) using errcode = 'DK006';
	end if;
	d.evidence_kind := p_kind;
	if p_kind = 'internship_proof' then
		d.evidence_kind := null;
	end if;
	perform check_graduate_destination(d, p_kind);
	if d.is_employer_asked and not is_own then
		perform destination_refused('graduate_destination_asks_by_own',
			'only the graduate lets the employer be asked');
	end if;
	is_same := (d.code, d.employer_name, d.employer_uscc,
		d.unit_nature_code, d.industry_code, d.division_code,
		d.occupation_code, d.started_on, d.pay_band, d.is_aligned,
		d.evidence_kind, d.evidence_sha256, d.is_employer_asked)
		is not distinct from (old.code, old.employer_name,
		old.employer_uscc, old.unit_nature_code, old.industry_code,
		old.division_code, old.occupation_code, old.started_on,
		old.pay_band, old.is_aligned, old.evidence_kind,
		old.evidence_sha256, old.is_employer_asked);
	if is_same and old.state <> 'returned'
			and (not is_own or old.acknowledged_at is not null) then
		return;
	end if;
	if p_reason is null and destination_is_frozen(d.consortium_id, d.id)
			then
		perform destination_refused(
			'graduate_destination_correction_has_reason',
			'the cohort is frozen');
	end if;
	perform set_config('duikou.first_reason', coalesce(p_reason, ''), true);
	insert into graduate_destination as t (consortium_id, id, code,
		employer_name, employer_uscc, unit_nature_code, industry_code,
		division_code, occupation_code, started_on, pay_band,
		is_aligned, evidence_kind, evidence_sha256, is_employer_asked,
		acknowledged_at, created_by)
	values (d.consortium_id, d.id, d.code, d.employer_name,
		d.employer_uscc, d.unit_nature_code, d.industry_code,
		d.division_code, d.occupation_code, d.started_on, d.pay_band,
		d.is_aligned, d.evidence_kind, d.evidence_sha256,
		d.is_employer_asked, case when is_own then now() end, p_actor)
	on conflict (consortium_id, id) do update set
		code = d.code, employer_name = d.employer_name,
		employer_uscc = d.employer_uscc,
		unit_nature_code = d.unit_nature_code,
		industry_code = d.industry_code,
		division_code = d.division_code,
		occupation_code = d.occupation_code,
		started_on = d.started_on, pay_band = d.pay_band,
		is_aligned = d.is_aligned, evidence_kind = d.evidence_kind,
		evidence_sha256 = d.evidence_sha256,
		is_employer_asked = d.is_employer_asked,
		acknowledged_at = case when is_own then now() end,
		confirmed_at = case when is_same then t.confirmed_at end,
		verified_at = case when is_same then t.verified_at end,
		state = case when is_same and t.state <> 'returned'
			then t.state else 'declared' end,
		actor = p_actor, reason = p_reason;
	perform set_config('duikou.first_reason', '', true);
end;
$$;
