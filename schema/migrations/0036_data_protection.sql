-- What staff read of somebody under 18 (Regulation on the Protection of Minors
-- Online, 36): approved by a person responsible, and written down.

-- Who is responsible for it in a school, an enterprise or the office; may read,
-- and lets colleagues read.
alter table account
	add column is_responsible boolean not null default false,
	add constraint account_responsible_is_staff check (not is_responsible
		or role in ('school', 'enterprise', 'office'));

-- A member of the staff asks to read what is sealed of minors: of one, or of
-- all whom the house may know. Decided by a colleague who is responsible.
create table access_request (
	consortium_id uuid not null,
	id uuid not null,
	account_id uuid not null,
	student_id uuid,
	reason text not null check (char_length(reason) between 1 and 500),
	decided_by uuid,
	approved_until timestamptz,
	refused_because text check (char_length(refused_because)
		between 1 and 500),
	ended_at timestamptz,
	version bigint not null default 1,
	created_at timestamptz not null default now(),
	created_by uuid,
	updated_at timestamptz not null default now(),
	actor uuid,
	primary key (consortium_id, id),
	foreign key (consortium_id, account_id) references account
		on delete cascade,
	foreign key (consortium_id, student_id) references student
		on delete cascade,
	foreign key (consortium_id, decided_by) references account,
	constraint access_request_is_decided_by_another
		check (decided_by <> account_id),
	constraint access_request_is_decided_once
		check (num_nonnulls(approved_until, refused_because) <= 1
			and (decided_by is null) = (approved_until is null
				and refused_because is null)),
	constraint access_request_ends_what_was_approved
		check (ended_at is null or approved_until is not null),
	constraint access_request_actor_is_emptied check (actor is null)
);
create index access_request_by_account on access_request
	(consortium_id, account_id, id);
create index access_request_by_student on access_request
	(consortium_id, student_id) where student_id is not null;

create trigger created after insert on access_request
	for each row execute function row_created('access_request', 'wake');
create trigger keep before update on access_request
	for each row execute function row_kept('access_request');

-- May this account read what is sealed of this student? An adult's: yes. The
-- student: yes. Of a minor staff may who are responsible or have an approval
-- that holds; then the reading is written to the audit, with what it was for.
create function may_read_sealed(
	p_consortium uuid, p_account uuid, p_student uuid, p_birth date,
	p_what text
) returns boolean
language plpgsql as $$
declare
	a account;
	r access_request;
begin
	select * into a from account x
	where x.consortium_id = p_consortium and x.id = p_account;
	if a.student_id = p_student or not is_minor(p_birth) then
		return true;
	end if;
	if not a.is_responsible then
		select * into r from access_request x
		where x.consortium_id = p_consortium
			and x.account_id = p_account
			and x.approved_until > now() and x.ended_at is null
			and (x.student_id is null or x.student_id = p_student)
		order by x.student_id nulls last, x.id limit 1;
		if not found then
			return false;
		end if;
	end if;
	perform audit_append(p_consortium, p_account, 'read', 'student',
		p_student, json_strip_nulls(json_build_object('what', p_what,
			'access_request_id', r.id, 'reason', r.reason)));
	return true;
end;
$$;

-- Makes somebody responsible, or no more: whoever answers for the account from
-- above (the office for schools and enterprises, an operator for an office), or
-- a colleague who is responsible; never oneself. No row: it is not theirs.
create function appoint(
	p_home uuid, p_manager uuid, p_account uuid, p_is_responsible boolean
) returns setof account
language sql
begin atomic
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
end;

create function access_state(r access_request) returns text
language sql stable
begin atomic
	select case when r.refused_because is not null then 'refused'
		when r.approved_until is null then 'requested'
		when r.ended_at is not null or r.approved_until <= now()
			then 'ended'
		else 'approved' end;
end;

-- p_until: approves; p_because: refuses; neither: ends what was approved,
-- which whom it was for may do, too. Returns 'done', 'none' (there is no such
-- request in the house), 'not-responsible', 'late' (it is decided, or over), or
-- 'range': an approval holds for 180 days at most.
create function decide_access(
	p_consortium uuid, p_account uuid, p_request uuid,
	p_until timestamptz, p_because text
) returns text
language plpgsql as $$
declare
	me account;
	r access_request;
	is_end boolean := p_until is null and p_because is null;
begin
	select * into me from account x
	where x.consortium_id = p_consortium and x.id = p_account;
	select q.* into r from access_request q
	join account a on a.consortium_id = q.consortium_id
		and a.id = q.account_id and a.owner_kind = me.owner_kind
		and a.owner_id = me.owner_id
	where q.consortium_id = p_consortium and q.id = p_request
	for update of q;
	if not found then
		return 'none';
	end if;
	if not (is_end and r.account_id = me.id)
			and (not me.is_responsible or r.account_id = me.id) then
		return 'not-responsible';
	end if;
	if access_state(r) <> (case when is_end then 'approved'
			else 'requested' end) then
		return 'late';
	end if;
	if p_until <= now() or p_until > now() + interval '180 days' then
		return 'range';
	end if;
	update access_request q set
		approved_until = coalesce(p_until, q.approved_until),
		refused_because = p_because,
		decided_by = coalesce(q.decided_by, p_account),
		ended_at = case when is_end then now() end, actor = p_account
	where q.consortium_id = p_consortium and q.id = p_request;
	return 'done';
end;
$$;

-- What is kept of people, only as long as records/retention.def says: of those
-- who left, what is sealed; of invitations, all.
create index student_sealed_of_former on student (consortium_id, id)
	where state <> 'active'
		and (phone_sealed is not null or identity_sealed is not null);
create index account_invitation_by_end on account_invitation
	((least(expires_at, accepted_at, revoked_at)));

-- Who is erased is invited no more, and nobody asks to read of him.
create function student_forgotten() returns trigger
language plpgsql as $$
begin
	delete from account_invitation where consortium_id = new.consortium_id
		and student_id = new.id;
	delete from access_request where consortium_id = new.consortium_id
		and student_id = new.id;
	return null;
end;
$$;

create trigger forgotten after update on student
	for each row when (old.erased_at is null and new.erased_at is not null)
	execute function student_forgotten();

-- How somebody signed in: null by password, else at which provider.
alter table session add column provider_id uuid;

-- How often an enterprise may turn to students: as the policy of the day says.
alter table policy
	add column invitations_per_day smallint not null default 50
		check (invitations_per_day between 0 and 1000),
	add column invitations_per_student smallint not null default 5
		check (invitations_per_student between 1 and 100),
	add column interviews_per_application smallint not null default 5
		check (interviews_per_application between 1 and 50);

drop function invite(uuid, uuid, uuid, uuid, uuid, integer, uuid);

-- Returns 'made'; 'closed' where the posting takes no applications; 'full'
-- where the enterprise has invited as many as it may on one day in China;
-- 'enough' where it has invited this student as often as it may within 30 days.
-- Its lock lets those who invite at the same moment count one after the other.
create function invite(
	p_consortium uuid, p_id uuid, p_posting uuid, p_enterprise uuid,
	p_student uuid, p_actor uuid
) returns text
language plpgsql as $$
declare
	day_begins timestamptz := date_trunc('day', now(), 'Asia/Shanghai');
	day_max integer;
	student_max integer;
begin
	perform 1 from enterprise e
	where e.consortium_id = p_consortium and e.id = p_enterprise
		and e.state = 'verified' for no key update;
	if not found then
		return 'closed';
	end if;
	select p.invitations_per_day, p.invitations_per_student
	into day_max, student_max from policy p
	where p.consortium_id = p_consortium
		and p.version = policy_at(p_consortium, now());
	if day_max <= (select count(*) from invitation i
			where i.consortium_id = p_consortium
				and i.enterprise_id = p_enterprise
				and i.created_at >= day_begins) then
		return 'full';
	end if;
	insert into invitation (consortium_id, id, posting_id, student_id,
		enterprise_id, created_by)
	select p.consortium_id, p_id, p.id, p_student, p.enterprise_id, p_actor
	from posting p
	where p.consortium_id = p_consortium and p.id = p_posting
		and p.enterprise_id = p_enterprise and p.state = 'published'
		and p.closes_at > now();
	if not found then
		return 'closed';
	end if;
	-- with the one just made, which a refusal takes back
	if student_max < (select count(*) from invitation i
			where i.consortium_id = p_consortium
				and i.student_id = p_student
				and i.enterprise_id = p_enterprise
				and i.created_at > now() - interval '30 days')
			then
		return 'enough';
	end if;
	return 'made';
end;
$$;

create or replace function call_to_interview(
	p_consortium uuid, p_application uuid, p_enterprise uuid,
	p_id uuid, p_at timestamptz, p_place text, p_note text, p_actor uuid
) returns void
language plpgsql as $$
declare
	a application;
begin
	a := application_of(p_consortium, p_application, p_enterprise);
	if p_at <= now() then
		raise exception 'the interview is over already'
			using errcode = '23514',
				constraint = 'interview_is_ahead';
	end if;
	if (select count(*) from interview i
			where i.consortium_id = p_consortium
				and i.application_id = p_application)
			>= (select p.interviews_per_application from policy p
			where p.consortium_id = p_consortium
				and p.version = policy_at(p_consortium, now()))
			then
		raise exception 'the policy allows no more interviews for it'
			using errcode = 'DK002';
	end if;
	insert into interview (consortium_id, id, application_id, at, place,
		note, created_by)
	values (p_consortium, p_id, p_application, p_at, p_place, p_note,
		p_actor);
	update application set state = 'interviewing', actor = p_actor,
		lapses_at = now() + interval '90 days'
	where consortium_id = p_consortium and id = p_application;
end;
$$;

-- Takes the second factor from an account whose owner lost both the telephone
-- and the recovery codes, and ends its sessions: by whoever answers for the
-- account, never by oneself; written to the audit. No row: it is not theirs.
create function totp_reset(p_home uuid, p_manager uuid, p_account uuid)
returns setof account
language plpgsql as $$
declare
	a account;
begin
	select * into a from account x
	where x.id = p_account and x.id <> p_manager
		and x.role not in ('integrator', 'operator')
		and account_may_manage(p_home, p_manager, x.consortium_id,
			x.owner_kind, x.student_id, x.enterprise_id,
			x.school_id)
	for update;
	if not found then
		return;
	end if;
	delete from recovery_code r where r.consortium_id = a.consortium_id
		and r.account_id = a.id;
	update account x set totp_sealed = null, totp_confirmed_at = null,
		totp_last_step = null, actor = p_manager
	where x.consortium_id = a.consortium_id and x.id = a.id;
	update session s set revoked_at = now()
	where s.consortium_id = a.consortium_id and s.account_id = a.id
		and s.revoked_at is null and s.expires_at > now();
	perform audit_append(a.consortium_id, p_manager, 'totp-reset',
		'account', a.id, null);
	return query select x.* from account x
	where x.consortium_id = a.consortium_id and x.id = a.id;
end;
$$;
