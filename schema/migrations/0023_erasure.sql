-- A student's data given out and erased (Personal Information Protection Law
-- 45, 47).

-- Since when nothing here says who the student was.
alter table student add column erased_at timestamptz;

-- Everything that is kept of a student, for himself: but for what is sealed,
-- which the server opens.
create function student_data(p_consortium uuid, p_student uuid) returns jsonb
language sql stable
begin atomic
	select jsonb_build_object(
		'profile', to_jsonb(s) - array['consortium_id', 'actor',
			'reason', 'identity_sealed', 'identity_hash',
			'phone_sealed', 'phone_hash'],
		'accounts', (select coalesce(jsonb_agg(jsonb_build_object(
				'id', a.id, 'login_name', a.login,
				'display_name', a.display_name,
				'created_at', a.created_at)
				order by a.id), '[]')
			from account a where a.consortium_id = p_consortium
				and a.student_id = p_student),
		'wishes', (select coalesce(jsonb_agg(jsonb_build_object(
				'round_id', w.round_id, 'rank', w.rank,
				'posting_id', w.posting_id)
				order by w.round_id, w.rank), '[]')
			from wish w where w.consortium_id = p_consortium
				and w.student_id = p_student),
		'applications', (select coalesce(jsonb_agg(to_jsonb(x)
				- array['consortium_id', 'actor', 'reason']
				order by x.id), '[]')
			from application x where x.consortium_id = p_consortium
				and x.student_id = p_student),
		'offers', (select coalesce(jsonb_agg(to_jsonb(o)
				- array['consortium_id', 'actor', 'reason']
				order by o.id), '[]')
			from offer o
			join application x on x.consortium_id = o.consortium_id
				and x.id = o.application_id
			where o.consortium_id = p_consortium
				and x.student_id = p_student),
		'placements', (select coalesce(jsonb_agg(to_jsonb(p)
				- array['consortium_id', 'actor', 'reason']
				order by p.id), '[]')
			from placement p where p.consortium_id = p_consortium
				and p.student_id = p_student),
		'disclosures', (select coalesce(jsonb_agg(to_jsonb(d)
				- array['consortium_id', 'actor']
				order by d.id), '[]')
			from disclosure d where d.consortium_id = p_consortium
				and d.student_id = p_student),
		'complaints', (select coalesce(jsonb_agg(to_jsonb(c)
				- array['consortium_id', 'actor', 'reason']
				order by c.id), '[]')
			from complaint c where c.consortium_id = p_consortium
				and c.student_id = p_student),
		'history', (select coalesce(jsonb_agg(jsonb_build_object(
				'machine', e.machine,
				'subject_id', e.subject_id, 'at', e.at,
				'from_state', e.from_state,
				'to_state', e.to_state, 'reason', e.reason)
				order by e.id), '[]')
			from event e where e.consortium_id = p_consortium
				and e.subject_id in (select p_student
					union all
					select x.id from application x
					where x.consortium_id = p_consortium
						and x.student_id = p_student
					union all
					select p.id from placement p
					where p.consortium_id = p_consortium
						and p.student_id = p_student)))
	from student s
	where s.consortium_id = p_consortium and s.id = p_student;
end;

-- Erases who a student was. What the law has kept (that somebody was placed,
-- where and when; the agreements) stays, without name, number, contact, birth
-- and skills. Whoever has a place first leaves it. Returns the accounts that
-- are over.
create function erase_student(
	p_consortium uuid, p_student uuid, p_reason text, p_actor uuid
) returns setof uuid
language plpgsql as $$
declare
	why text := coalesce(p_reason, 'erased');
begin
	perform 1 from student where consortium_id = p_consortium
		and id = p_student for update;
	if exists (select from placement p
			where p.consortium_id = p_consortium
				and p.student_id = p_student and p.state in
				('accepted', 'agreement_signed', 'started'))
			then
		raise exception 'the student has a place'
			using errcode = 'DK002',
				constraint = 'student_has_no_place';
	end if;
	update placement set state = 'declined', reason = why, actor = p_actor
	where consortium_id = p_consortium and student_id = p_student
		and state = 'proposed';
	update offer o set state = 'declined', reason = why, actor = p_actor
	from application x
	where o.consortium_id = p_consortium and o.state = 'made'
		and x.consortium_id = o.consortium_id
		and x.id = o.application_id and x.student_id = p_student;
	update application set state = 'withdrawn', reason = why,
		actor = p_actor
	where consortium_id = p_consortium and student_id = p_student
		and state in ('applied', 'shortlisted', 'interviewing',
			'offered');
	update application set message = null
	where consortium_id = p_consortium and student_id = p_student
		and message is not null;
	update complaint set text = '-'
	where consortium_id = p_consortium and student_id = p_student;
	update disclosure set ended_at = now(), ended_because = 'withdrawn',
		actor = p_actor
	where consortium_id = p_consortium and student_id = p_student
		and ended_at is null;
	delete from idempotency i
	where i.consortium_id = p_consortium
		and position(convert_to(p_student::text, 'UTF8') in i.body) > 0;
	update session s set revoked_at = now() from account a
	where a.consortium_id = p_consortium and a.student_id = p_student
		and s.consortium_id = a.consortium_id and s.account_id = a.id
		and s.revoked_at is null;
	update student set name = '-', student_number = 'erased-'
			|| left(replace(id::text, '-', ''), 25),
		class_name = null, birth_date = null, sex = null,
		home_division_code = null, willing_division_codes = '{}',
		is_willing_anywhere = false, pay_min_fen = null,
		available_from = null, available_to = null, skills = '{}',
		certificates = '{}', identity_sealed = null,
		identity_hash = null, identity_last4 = null,
		phone_sealed = null, phone_hash = null, erased_at = now(),
		state = case state when 'active' then 'left' else state end,
		reason = why, actor = p_actor
	where consortium_id = p_consortium and id = p_student;
	return query
	update account a set is_disabled = true, display_name = null,
		login = 'erased.' || a.id, password_salt = null,
		password_hash = null, scrypt_n = null, scrypt_r = null,
		scrypt_p = null, actor = p_actor
	where a.consortium_id = p_consortium and a.student_id = p_student
	returning a.id;
end;
$$;
