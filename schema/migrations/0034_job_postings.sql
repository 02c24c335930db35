-- Postings that come in the words of others: schema.org's JobPosting, handed
-- in or fetched from an enterprise's feed.

create function take_job_posting(
	p_consortium uuid, p_enterprise uuid, p_actor uuid, p_new posting,
	p_is_publishable boolean, out posting_id uuid, out outcome text,
	out trouble text
)
language plpgsql as $$
declare
	n posting := p_new;
	old posting;
begin
	select * into old from posting p
	where p.consortium_id = p_consortium and p.enterprise_id = p_enterprise
		and ((p.ref_system = n.ref_system and p.ref = n.ref)
			or (n.ref_system = 'duikou' and p.id::text = n.ref))
	order by p.ref is null
	limit 1
	for no key update;
	if not found then
		n.consortium_id := p_consortium;
		n.enterprise_id := p_enterprise;
		insert into posting (consortium_id, id, enterprise_id,
			created_by, kind, title, openings, targets,
			occupation_code, division_code, address, pay_min_fen,
			pay_max_fen, pay_standard_fen, period_start,
			period_end, min_education, required_skills,
			preferred_skills, required_certificates,
			preferred_certificates, min_age, day_minutes,
			week_minutes, labour_grade, conditions,
			exception_filing, ref_system, ref, description)
		values (p_consortium, n.id, p_enterprise, p_actor, n.kind,
			n.title, n.openings, n.targets, n.occupation_code,
			n.division_code, n.address, n.pay_min_fen,
			n.pay_max_fen, n.pay_standard_fen, n.period_start,
			n.period_end, n.min_education, n.required_skills,
			n.preferred_skills, n.required_certificates,
			n.preferred_certificates, n.min_age, n.day_minutes,
			n.week_minutes, n.labour_grade, n.conditions,
			n.exception_filing, n.ref_system, n.ref,
			n.description);
		posting_id := n.id;
		outcome := 'created';
		return;
	end if;
	posting_id := old.id;
	if (n.kind, n.title, n.openings, n.targets, n.occupation_code,
		n.division_code, n.address, n.pay_min_fen, n.pay_max_fen,
		n.pay_standard_fen, n.period_start, n.period_end,
		n.min_education, n.required_skills, n.preferred_skills,
		n.required_certificates, n.preferred_certificates, n.min_age,
		n.day_minutes, n.week_minutes, n.labour_grade, n.conditions,
		n.exception_filing, n.description)
		is not distinct from (old.kind, old.title, old.openings,
		old.targets, old.occupation_code, old.division_code,
		old.address, old.pay_min_fen, old.pay_max_fen,
		old.pay_standard_fen, old.period_start, old.period_end,
		old.min_education, old.required_skills, old.preferred_skills,
		old.required_certificates, old.preferred_certificates,
		old.min_age, old.day_minutes, old.week_minutes,
		old.labour_grade, old.conditions, old.exception_filing,
		old.description) then
		outcome := 'unchanged';
		return;
	end if;
	if old.state <> 'draft' and not p_is_publishable then
		outcome := 'refused';
		trouble := 'not_publishable';
		return;
	end if;
	-- its post category and its name are not in a JobPosting
	update posting p set kind = n.kind, title = n.title,
		openings = n.openings, targets = n.targets,
		occupation_code = n.occupation_code,
		division_code = n.division_code, address = n.address,
		pay_min_fen = n.pay_min_fen, pay_max_fen = n.pay_max_fen,
		pay_standard_fen = n.pay_standard_fen,
		period_start = n.period_start, period_end = n.period_end,
		min_education = n.min_education,
		required_skills = n.required_skills,
		preferred_skills = n.preferred_skills,
		required_certificates = n.required_certificates,
		preferred_certificates = n.preferred_certificates,
		min_age = n.min_age, day_minutes = n.day_minutes,
		week_minutes = n.week_minutes, labour_grade = n.labour_grade,
		conditions = n.conditions,
		exception_filing = n.exception_filing,
		description = n.description, actor = p_actor
	where p.consortium_id = p_consortium and p.id = old.id;
	outcome := 'replaced';
end;
$$;

-- Each for itself: what one breaks is told as its trouble, and the others
-- stand. In the order of their names, so that two at once do not wait for
-- each other in a circle.
create function take_job_postings(
	p_consortium uuid, p_enterprise uuid, p_actor uuid, p_items json
) returns table (place integer, posting_id uuid, outcome text, trouble text,
	state text)
language plpgsql as $$
declare
	item json;
	n posting;
	taken record;
begin
	for item in
		select i.value from json_array_elements(p_items) i
		order by i.value #>> '{posting,ref_system}',
			i.value #>> '{posting,ref}',
			(i.value ->> 'place')::integer
	loop
		place := (item ->> 'place')::integer;
		n := json_populate_record(null::posting, item -> 'posting');
		posting_id := null;
		outcome := 'refused';
		trouble := null;
		if item ->> 'tax_id' is distinct from (
				select e.uscc from enterprise e
				where e.consortium_id = p_consortium
					and e.id = p_enterprise)
				and item ->> 'tax_id' is not null then
			trouble := 'another_employer';
		elsif not exists (select from division d
				where d.code = n.division_code) then
			trouble := 'division_code';
		elsif n.occupation_code is not null
				and not exists (select from occupation o
					where o.code = n.occupation_code) then
			trouble := 'occupation_code';
		elsif not posting_names_are_known(p_consortium, p_enterprise,
				n.targets, n.occupation_code, n.division_code,
				null) then
			trouble := 'targets';
		else
			begin
				select * into taken from take_job_posting(
					p_consortium, p_enterprise, p_actor, n,
					(item ->> 'is_publishable')::boolean);
				posting_id := taken.posting_id;
				outcome := taken.outcome;
				trouble := taken.trouble;
			exception when check_violation or foreign_key_violation
					or unique_violation then
				get stacked diagnostics
					trouble = constraint_name;
			end;
		end if;
		state := (select p.state from posting p
			where p.consortium_id = p_consortium
				and p.id = posting_id);
		return next;
	end loop;
end;
$$;
