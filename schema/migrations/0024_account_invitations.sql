-- Accounts are made by whoever answers for them: a one-time token lets the
-- person choose a password. The same lets one who forgot it choose another.

-- Who may make, see and end whose accounts. An operator is of the service, so
-- the manager has a consortium of its own.
create function account_may_manage(
	p_home uuid, p_manager uuid, p_consortium uuid, p_kind text,
	p_student uuid, p_enterprise uuid, p_school uuid
) returns boolean
language sql stable
begin atomic
	select case m.owner_kind
		when 'operator' then p_kind = 'office'
		when 'office' then p_consortium = p_home
			and p_kind in ('office', 'enterprise', 'school')
		when 'enterprise' then p_consortium = p_home
			and p_kind = 'enterprise'
			and p_enterprise = m.enterprise_id
		when 'school' then p_consortium = p_home
			and (p_kind = 'school' and p_school = m.school_id
				or p_kind = 'student' and exists (
					select from student s
					where s.consortium_id = p_home
						and s.id = p_student
						and s.school_id = m.school_id))
		else false end
	from account m
	where m.consortium_id = p_home and m.id = p_manager
		and m.role <> 'integrator';
end;

create table account_invitation (
	consortium_id uuid not null references consortium,
	id uuid not null,
	-- the account that gets another password; null: a new one
	account_id uuid,
	login text not null
		check (login ~ '^[a-z0-9][a-z0-9._@+-]{2,63}$'),
	role text not null check (role in ('student', 'enterprise', 'school',
		'office')),
	student_id uuid,
	enterprise_id uuid,
	school_id uuid,
	display_name text check (char_length(display_name) between 1 and 50),
	token_sha256 bytea not null check (octet_length(token_sha256) = 32),
	created_at timestamptz not null default now(),
	created_by uuid not null,
	expires_at timestamptz not null,
	accepted_at timestamptz,
	revoked_at timestamptz,
	primary key (consortium_id, id),
	foreign key (consortium_id, account_id) references account
		on delete cascade,
	foreign key (consortium_id, student_id) references student,
	foreign key (consortium_id, enterprise_id) references enterprise,
	foreign key (consortium_id, school_id) references school,
	constraint account_invitation_owner_fits_role check (
		(student_id is not null) = (role = 'student')
		and (enterprise_id is not null) = (role = 'enterprise')
		and (school_id is not null) = (role = 'school'))
);
create index account_invitation_by_token on account_invitation (token_sha256);

-- Invites somebody. flaw: null if it is done, else the member of the request
-- that is wrong: role (not theirs to give), consortium or owner_id (there is
-- none such), login_name (taken).
create function invite_account(
	p_home uuid, p_manager uuid, p_id uuid, p_slug text, p_role text,
	p_owner uuid, p_login text, p_display_name text, p_token_sha256 bytea,
	out flaw text, out expires_at timestamptz
) language plpgsql as $$
declare
	m account;
	target uuid := p_home;
	student uuid;
	enterprise uuid;
	school uuid;
begin
	select * into m from account a
	where a.consortium_id = p_home and a.id = p_manager;
	if p_slug is not null or m.owner_kind = 'operator' then
		select c.id into target from consortium c
		where c.slug = p_slug and not c.is_service;
		if not found or (m.owner_kind <> 'operator'
				and target <> p_home) then
			flaw := 'consortium';
			return;
		end if;
	end if;
	if p_role = 'student' then
		select s.id into student from student s
		where s.consortium_id = target and s.id = p_owner;
	elsif p_role = 'enterprise' then
		select e.id into enterprise from enterprise e
		where e.consortium_id = target
			and e.id = coalesce(p_owner, m.enterprise_id);
	elsif p_role = 'school' then
		select s.id into school from school s
		where s.consortium_id = target
			and s.id = coalesce(p_owner, m.school_id);
	end if;
	if m.owner_kind <> 'operator' and p_role <> 'office'
			and coalesce(student, enterprise, school) is null then
		flaw := 'owner_id';
		return;
	end if;
	if not coalesce(account_may_manage(p_home, p_manager, target, p_role,
			student, enterprise, school), false) then
		-- what one may not know of is not there
		flaw := case when m.owner_kind = 'office'
			or p_role not in (m.owner_kind, 'student')
			or m.owner_kind = 'enterprise' and p_role = 'student'
			then 'role' else 'owner_id' end;
		return;
	end if;
	if exists (select from account a where a.consortium_id = target
			and a.login = p_login) then
		flaw := 'login_name';
		return;
	end if;
	expires_at := now() + interval '7 days';
	insert into account_invitation (consortium_id, id, login, role,
		student_id, enterprise_id, school_id, display_name,
		token_sha256, created_by, expires_at)
	values (target, p_id, p_login, p_role, student, enterprise, school,
		p_display_name, p_token_sha256, p_manager, expires_at);
end;
$$;

-- A token for another password of an account that the manager answers for:
-- when it ends; null: there is no such account.
create function reset_account(
	p_home uuid, p_manager uuid, p_account uuid, p_id uuid,
	p_token_sha256 bytea
) returns timestamptz
language sql
begin atomic
	insert into account_invitation (consortium_id, id, account_id, login,
		role, student_id, enterprise_id, school_id, token_sha256,
		created_by, expires_at)
	select a.consortium_id, p_id, a.id, a.login, a.role, a.student_id,
		a.enterprise_id, a.school_id, p_token_sha256, p_manager,
		now() + interval '1 day'
	from account a
	where a.id = p_account and a.role <> 'integrator'
		and a.role <> 'operator' and not a.is_disabled
		and account_may_manage(p_home, p_manager, a.consortium_id,
			a.owner_kind, a.student_id, a.enterprise_id,
			a.school_id)
	returning expires_at;
end;

-- Takes a token, once: the account that has the password now. No row: the
-- token is over. A new account needs its login name still to be free.
create function accept_invitation(
	p_token_sha256 bytea, p_account uuid, p_salt bytea, p_hash bytea,
	p_n integer, p_r smallint, p_p smallint
) returns table (account_id uuid, slug text, login text, role text)
language plpgsql as $$
declare
	i account_invitation;
begin
	update account_invitation v set accepted_at = now()
	where v.token_sha256 = p_token_sha256 and v.accepted_at is null
		and v.revoked_at is null and v.expires_at > now()
	returning * into i;
	if not found then
		return;
	end if;
	if i.account_id is null then
		i.account_id := p_account;
		insert into account (consortium_id, id, login, role, owner_kind,
			student_id, enterprise_id, school_id, display_name,
			password_salt, password_hash, scrypt_n, scrypt_r,
			scrypt_p, created_by)
		values (i.consortium_id, p_account, i.login, i.role, i.role,
			i.student_id, i.enterprise_id, i.school_id,
			i.display_name, p_salt, p_hash, p_n, p_r, p_p,
			i.created_by);
	else
		update account a set password_salt = p_salt,
			password_hash = p_hash, scrypt_n = p_n, scrypt_r = p_r,
			scrypt_p = p_p, actor = a.id
		where a.consortium_id = i.consortium_id
			and a.id = i.account_id;
		update session s set revoked_at = now()
		where s.consortium_id = i.consortium_id
			and s.account_id = i.account_id
			and s.revoked_at is null;
	end if;
	return query select i.account_id, c.slug, i.login, i.role
	from consortium c where c.id = i.consortium_id;
end;
$$;
