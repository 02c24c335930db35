-- Signing in at one's school (OpenID Connect, authorization code with PKCE).

-- Where the staff and the students of a school sign in. At most one claim
-- names a student (by the student number) and one a member of the staff (by
-- the login name); both only within this school.
create table identity_provider (
	consortium_id uuid not null,
	id uuid not null,
	school_id uuid not null,
	name text not null
		check (char_length(name) between 1 and 50
			and btrim(name) = name),
	issuer text not null check (char_length(issuer) between 9 and 300),
	client_id text not null
		check (char_length(client_id) between 1 and 200),
	secret_sealed bytea not null,
	student_claim text check (char_length(student_claim) between 1 and 64),
	staff_claim text check (char_length(staff_claim) between 1 and 64),
	-- a student who has no account gets one at the first sign-in
	makes_accounts boolean not null,
	redirect_uris text[] not null
		check (cardinality(redirect_uris) between 1 and 5),
	is_enabled boolean not null,
	version bigint not null default 1,
	created_at timestamptz not null default now(),
	created_by uuid,
	updated_at timestamptz not null default now(),
	actor uuid,
	primary key (consortium_id, id),
	unique (consortium_id, school_id, issuer, client_id),
	foreign key (consortium_id, school_id) references school,
	constraint identity_provider_names_somebody
		check (num_nonnulls(student_claim, staff_claim) > 0),
	constraint identity_provider_makes_students_accounts
		check (not makes_accounts or student_claim is not null),
	constraint identity_provider_actor_is_emptied check (actor is null)
);

create trigger created after insert on identity_provider
	for each row execute function row_created('identity_provider', 'wake');
create trigger keep before update on identity_provider
	for each row execute function row_kept('identity_provider');
create trigger deleted after delete on identity_provider
	for each row execute function row_deleted('identity_provider');

-- Who somebody is at a provider, from the first sign-in on: the subject never
-- changes and is never given to another, which claims are.
create table identity (
	consortium_id uuid not null,
	id uuid not null,
	provider_id uuid not null,
	subject text not null check (char_length(subject) between 1 and 255),
	account_id uuid not null,
	created_at timestamptz not null default now(),
	used_at timestamptz not null default now(),
	primary key (consortium_id, id),
	unique (consortium_id, provider_id, subject),
	unique (consortium_id, provider_id, account_id),
	foreign key (consortium_id, provider_id) references identity_provider
		on delete cascade,
	foreign key (consortium_id, account_id) references account
		on delete cascade
);
create index identity_by_account on identity (consortium_id, account_id);

-- Who is erased is known to no provider either.
create function student_identities_erased() returns trigger
language plpgsql as $$
begin
	delete from identity i using account a
	where a.consortium_id = new.consortium_id and a.student_id = new.id
		and i.consortium_id = a.consortium_id and i.account_id = a.id;
	return null;
end;
$$;

create trigger identities_erased after update on student
	for each row when (old.erased_at is null and new.erased_at is not null)
	execute function student_identities_erased();

-- One way to a provider and back: open until it is used, once, by whoever has
-- both the state and the binding, which the browser keeps. The nonce and the
-- verifier follow from the binding, so that nothing here lets anybody in.
create table oidc_authorization (
	consortium_id uuid not null,
	id uuid not null,
	provider_id uuid not null,
	state_sha256 bytea not null check (octet_length(state_sha256) = 32),
	binding_sha256 bytea not null check (octet_length(binding_sha256) = 32),
	redirect_uri text not null,
	created_at timestamptz not null default now(),
	expires_at timestamptz not null,
	used_at timestamptz,
	-- identified, but a one-time code is still missing
	account_id uuid,
	ended_at timestamptz,
	primary key (consortium_id, id),
	foreign key (consortium_id, provider_id) references identity_provider
		on delete cascade,
	foreign key (consortium_id, account_id) references account
		on delete cascade
);
create index oidc_authorization_by_state on oidc_authorization (state_sha256);
create index oidc_authorization_by_expiry on oidc_authorization (expires_at);
create index oidc_authorization_by_provider on oidc_authorization
	(consortium_id, provider_id);

-- The account of this school that the claims name, for the first sign-in; it
-- stays locked. Null: none, or one as a student and another as staff.
create function identity_claimed(
	p identity_provider, p_number text, p_login text, p_new_account uuid
) returns uuid
language plpgsql as $$
declare
	s student;
	of_student uuid;
	of_staff uuid;
begin
	if p.student_claim is not null and p_number is not null then
		-- two who come first at once: the second finds the account
		select * into s from student x
		where x.consortium_id = p.consortium_id
			and x.school_id = p.school_id
			and x.student_number = p_number and x.erased_at is null
		for no key update;
	end if;
	if s.id is not null then
		select a.id into of_student from account a
		where a.consortium_id = p.consortium_id
			and a.student_id = s.id and a.role = 'student'
		order by a.id limit 1 for update;
	end if;
	if p.staff_claim is not null and p_login is not null then
		select a.id into of_staff from account a
		where a.consortium_id = p.consortium_id
			and a.school_id = p.school_id and a.role = 'school'
			and a.login = p_login for update;
	end if;
	if s.id is not null and of_staff is not null then
		return null;
	end if;
	if s.id is not null and of_student is null and p.makes_accounts
			and s.state = 'active' then
		insert into account (consortium_id, id, login, role, owner_kind,
			student_id, created_by)
		values (p.consortium_id, p_new_account,
			'oidc.' || p_new_account, 'student', 'student', s.id,
			p_new_account);
		of_student := p_new_account;
	end if;
	return coalesce(of_student, of_staff);
end;
$$;

-- Who it is that comes back from a provider. outcome: 'found'; 'none', where
-- no account of the school is meant, or it is disabled; 'other', where the
-- account is another's at this provider. An account whose second factor is
-- still to come is noted at the authorization.
create function identify(
	p_consortium uuid, p_authorization uuid, p_subject text, p_number text,
	p_login text, p_new_account uuid, p_new_identity uuid,
	out outcome text, out account_id uuid
) language plpgsql as $$
declare
	p identity_provider;
	known uuid;
begin
	select x.* into p from identity_provider x
	join oidc_authorization o on o.consortium_id = x.consortium_id
		and o.provider_id = x.id
	where o.consortium_id = p_consortium and o.id = p_authorization
		and x.is_enabled
	for share of x;
	outcome := 'none';
	if not found then
		return;
	end if;
	select i.id, i.account_id into known, account_id from identity i
	where i.consortium_id = p_consortium and i.provider_id = p.id
		and i.subject = p_subject;
	if known is null then
		account_id := identity_claimed(p, p_number, p_login,
			p_new_account);
	end if;
	-- whoever left the school, or was disabled, stays out
	perform 1 from account a
	left join student s on s.consortium_id = a.consortium_id
		and s.id = a.student_id
	where a.consortium_id = p_consortium and a.id = identify.account_id
		and not a.is_disabled and a.role in ('student', 'school')
		and p.school_id in (a.school_id, s.school_id);
	if not found then
		account_id := null;
		return;
	end if;
	insert into identity as i (consortium_id, id, provider_id, subject,
		account_id)
	values (p_consortium, p_new_identity, p.id, p_subject, account_id)
	on conflict do nothing;
	update identity i set used_at = now()
	where i.consortium_id = p_consortium and i.provider_id = p.id
		and i.subject = p_subject
		and i.account_id = identify.account_id;
	if not found then
		outcome := 'other';
		account_id := null;
		return;
	end if;
	outcome := 'found';
	update oidc_authorization o set account_id = identify.account_id
	where o.consortium_id = p_consortium and o.id = p_authorization;
end;
$$;
