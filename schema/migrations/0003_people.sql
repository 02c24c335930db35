-- Who takes part: consortium, enterprise, school, student, and the accounts
-- that act for them.
--
-- Everything that belongs to a consortium has consortium_id first in its
-- primary key, foreign keys and unique constraints.

-- The tenant. The row with the nil UUID is not a city but the service
-- itself: it owns the operators' accounts. Lists of consortia leave it out
-- (is_service).
create table consortium (
	id uuid primary key,
	slug text not null unique check (slug ~ '^[a-z][a-z0-9-]{1,31}$'),
	name text not null
		check (char_length(name) between 1 and 100
			and btrim(name) = name),
	division_code text references division
		check (char_length(division_code) = 6),
	settings jsonb not null default '{}'
		check (jsonb_typeof(settings) = 'object'),
	is_service boolean not null generated always as
		(id = '00000000-0000-0000-0000-000000000000') stored,
	version bigint not null default 1,
	created_at timestamptz not null default now(),
	created_by uuid,
	updated_at timestamptz not null default now(),
	actor uuid,
	constraint consortium_has_division
		check (is_service = (division_code is null)),
	constraint consortium_actor_is_emptied check (actor is null)
);

insert into consortium (id, slug, name)
values ('00000000-0000-0000-0000-000000000000', 'service', 'Duikou');

create function consortium_kept() returns trigger
language plpgsql as $$
begin
	if tg_op = 'UPDATE' then
		new.version := old.version + 1;
		new.updated_at := now();
	end if;
	insert into change (consortium_id, topic, subject_id, kind, version,
		actor)
	values (new.id, 'consortium', new.id,
		case tg_op when 'INSERT' then 'created' else 'updated' end,
		new.version, coalesce(new.actor, new.created_by));
	perform pg_notify('duikou_change', new.id::text);
	new.actor := null;
	return new;
end;
$$;

create trigger created after insert on consortium
	for each row execute function consortium_kept();
create trigger keep before update on consortium
	for each row execute function consortium_kept();

create table enterprise (
	consortium_id uuid not null references consortium,
	id uuid not null,
	uscc text not null
		constraint enterprise_uscc_is_valid check (uscc_is_valid(uscc)),
	name text not null
		check (char_length(name) between 1 and 100
			and btrim(name) = name),
	industry_code text not null references industry,
	unit_nature_code text references unit_nature,
	division_code text not null references division
		check (char_length(division_code) = 6),
	address text check (char_length(address) between 1 and 200),
	-- on-post staff (rule 1.1), as declared for that day
	staff_count integer not null
		check (staff_count between 0 and 5000000),
	staff_counted_on date not null,
	state text not null default 'unverified' check (state in
		('unverified', 'verified', 'rejected', 'suspended')),
	version bigint not null default 1,
	created_at timestamptz not null default now(),
	created_by uuid,
	updated_at timestamptz not null default now(),
	actor uuid,
	reason text,
	primary key (consortium_id, id),
	unique (consortium_id, uscc),
	constraint enterprise_actor_is_emptied
		check (actor is null and reason is null)
);
create index enterprise_by_state on enterprise (consortium_id, state, id);

create trigger start before insert on enterprise
	for each row when (new.state <> 'unverified')
	execute function start_refused('enterprise');
create trigger created after insert on enterprise
	for each row execute function row_created('enterprise', 'wake');
create trigger keep before update on enterprise
	for each row execute function machine_kept('enterprise', '');

-- A kind of post in an enterprise with its staff; cap 1.2 counts on it.
create table post_category (
	consortium_id uuid not null,
	id uuid not null,
	enterprise_id uuid not null,
	name text not null
		check (char_length(name) between 1 and 100
			and btrim(name) = name),
	occupation_code text references occupation,
	staff_count integer not null
		check (staff_count between 0 and 5000000),
	staff_counted_on date not null,
	version bigint not null default 1,
	created_at timestamptz not null default now(),
	created_by uuid,
	updated_at timestamptz not null default now(),
	actor uuid,
	primary key (consortium_id, id),
	foreign key (consortium_id, enterprise_id) references enterprise,
	unique (consortium_id, enterprise_id, name),
	-- what a posting points at, so that it cannot name another's category
	unique (consortium_id, enterprise_id, id),
	constraint post_category_actor_is_emptied check (actor is null)
);

create trigger created after insert on post_category
	for each row execute function row_created('post_category', 'wake');
create trigger keep before update on post_category
	for each row execute function row_kept('post_category');
create trigger deleted after delete on post_category
	for each row execute function row_deleted('post_category');

create table school (
	consortium_id uuid not null references consortium,
	id uuid not null,
	uscc text constraint school_uscc_is_valid check (uscc_is_valid(uscc)),
	code text constraint school_code_is_valid check (code ~ '^[0-9]{10}$'),
	name text not null
		check (char_length(name) between 1 and 100
			and btrim(name) = name),
	division_code text not null references division
		check (char_length(division_code) = 6),
	-- technician: registered with the human-resources ministry
	kind text not null check (kind in
		('secondary', 'technician', 'associate', 'bachelor')),
	version bigint not null default 1,
	created_at timestamptz not null default now(),
	created_by uuid,
	updated_at timestamptz not null default now(),
	actor uuid,
	primary key (consortium_id, id),
	unique (consortium_id, uscc),
	unique (consortium_id, code),
	constraint school_has_a_code check (num_nonnulls(uscc, code) > 0),
	constraint school_actor_is_emptied check (actor is null)
);

create trigger created after insert on school
	for each row execute function row_created('school', 'wake');
create trigger keep before update on school
	for each row execute function row_kept('school');

-- The sealed columns hold what the server encrypted (AES-256-GCM) and the
-- keyed hash by which it finds an equal one.
create table student (
	consortium_id uuid not null,
	id uuid not null,
	school_id uuid not null,
	student_number text not null
		check (student_number ~ '^[0-9A-Za-z._/-]{1,32}$'),
	name text not null
		check (char_length(name) between 1 and 50
			and btrim(name) = name),
	specialty_code text not null references specialty,
	-- null for an unknown code, which the foreign key then refuses
	level text generated always as (specialty_level(specialty_code)) stored,
	entry_year smallint not null check (entry_year between 2000 and 2100),
	graduates_on date,
	class_name text check (char_length(class_name) between 1 and 100),
	birth_date date check (birth_date >= '1940-01-01'),
	sex text check (sex in ('female', 'male')),
	home_division_code text references division
		check (char_length(home_division_code) = 6),
	willing_division_codes text[] not null default '{}' check
		(words_are_sane(willing_division_codes, 50)),
	is_willing_anywhere boolean not null default false,
	pay_min_fen integer check (pay_min_fen between 0 and 100000000),
	available_from date,
	available_to date,
	skills text[] not null default '{}'
		check (words_are_sane(skills, 50)),
	certificates text[] not null default '{}'
		check (words_are_sane(certificates, 50)),
	state text not null default 'active'
		check (state in ('active', 'graduated', 'left')),
	identity_sealed bytea,
	identity_hash bytea check (octet_length(identity_hash) = 32),
	identity_last4 text check (identity_last4 ~ '^[0-9]{3}[0-9X]$'),
	phone_sealed bytea,
	phone_hash bytea check (octet_length(phone_hash) = 32),
	version bigint not null default 1,
	created_at timestamptz not null default now(),
	created_by uuid,
	updated_at timestamptz not null default now(),
	actor uuid,
	reason text,
	primary key (consortium_id, id),
	foreign key (consortium_id, school_id) references school,
	unique (consortium_id, school_id, student_number),
	unique (consortium_id, identity_hash),
	constraint student_graduates_after_entry
		check (extract(year from graduates_on) >= entry_year),
	constraint student_available_in_order
		check (available_from <= available_to),
	constraint student_identity_is_whole
		check ((identity_sealed is null) = (identity_hash is null)),
	constraint student_phone_is_whole
		check ((phone_sealed is null) = (phone_hash is null)),
	constraint student_actor_is_emptied
		check (actor is null and reason is null)
);
create index student_by_specialty
	on student (consortium_id, specialty_code, id);
create index student_by_phone on student (consortium_id, phone_hash)
	where phone_hash is not null;

create trigger start before insert on student
	for each row when (new.state <> 'active')
	execute function start_refused('student');
create trigger created after insert on student
	for each row execute function row_created('student', 'wake');
create trigger keep before update on student
	for each row execute function machine_kept('student', '');
create trigger deleted after delete on student
	for each row execute function row_deleted('student');

-- One role and one owner. An integrator acts for an owner of any kind.
create table account (
	consortium_id uuid not null references consortium,
	id uuid not null,
	login text not null
		check (login ~ '^[a-z0-9][a-z0-9._@+-]{2,63}$'),
	role text not null check (role in ('student', 'enterprise', 'school',
		'office', 'operator', 'integrator')),
	owner_kind text not null check (owner_kind in
		('student', 'enterprise', 'school', 'office', 'operator')),
	student_id uuid,
	enterprise_id uuid,
	school_id uuid,
	owner_id uuid not null generated always as
		(coalesce(student_id, enterprise_id, school_id, consortium_id))
		stored,
	display_name text check (char_length(display_name) between 1 and 50),
	password_salt bytea check (octet_length(password_salt) >= 16),
	password_hash bytea check (octet_length(password_hash) >= 32),
	scrypt_n integer,
	scrypt_r smallint check (scrypt_r between 1 and 64),
	scrypt_p smallint check (scrypt_p between 1 and 16),
	is_disabled boolean not null default false,
	version bigint not null default 1,
	created_at timestamptz not null default now(),
	created_by uuid,
	updated_at timestamptz not null default now(),
	actor uuid,
	primary key (consortium_id, id),
	unique (consortium_id, login),
	foreign key (consortium_id, student_id) references student
		on delete cascade,
	foreign key (consortium_id, enterprise_id) references enterprise,
	foreign key (consortium_id, school_id) references school,
	constraint account_role_fits_owner
		check (role in (owner_kind, 'integrator')),
	constraint account_owner_fits_kind check (
		(student_id is not null) = (owner_kind = 'student')
		and (enterprise_id is not null) = (owner_kind = 'enterprise')
		and (school_id is not null) = (owner_kind = 'school')),
	constraint account_operator_is_of_the_service check (
		(owner_kind = 'operator')
		= (consortium_id = '00000000-0000-0000-0000-000000000000')),
	constraint account_password_is_whole check (
		num_nulls(password_salt, password_hash, scrypt_n, scrypt_r,
			scrypt_p) in (0, 5)),
	constraint account_scrypt_n_is_a_power_of_two check (
		scrypt_n between 2 and 16777216
		and (scrypt_n & (scrypt_n - 1)) = 0),
	constraint account_actor_is_emptied check (actor is null)
);
create index account_by_student on account (consortium_id, student_id)
	where student_id is not null;
create index account_by_enterprise on account (consortium_id, enterprise_id)
	where enterprise_id is not null;
create index account_by_school on account (consortium_id, school_id)
	where school_id is not null;

create trigger created after insert on account
	for each row execute function row_created('account', 'wake');
create trigger keep before update on account
	for each row execute function row_kept('account');

-- A token is known before its consortium is: hence the second index. It
-- cannot be unique there (Citus), and need not: 256 random bits.
create table session (
	consortium_id uuid not null,
	id uuid not null,
	account_id uuid not null,
	token_sha256 bytea not null check (octet_length(token_sha256) = 32),
	created_at timestamptz not null default now(),
	expires_at timestamptz not null,
	revoked_at timestamptz,
	primary key (consortium_id, id),
	unique (consortium_id, token_sha256),
	foreign key (consortium_id, account_id) references account
		on delete cascade,
	constraint session_expires_later check (created_at < expires_at)
);
create index session_by_token on session (token_sha256);
create index session_by_account on session (consortium_id, account_id);
create index session_by_expiry on session (expires_at);

-- Servers know tokens by heart; a revocation reaches them as a change, with
-- the session's id.
create function session_revoked() returns trigger
language plpgsql as $$
begin
	insert into change (consortium_id, topic, subject_id, kind)
	values (old.consortium_id, 'session', old.id, 'revoked');
	perform pg_notify('duikou_change', old.consortium_id::text);
	return null;
end;
$$;

create trigger revoked after update on session
	for each row
	when (old.revoked_at is null and new.revoked_at is not null)
	execute function session_revoked();
create trigger deleted after delete on session
	for each row when (old.revoked_at is null)
	execute function session_revoked();

-- Answers already given, by account, route and key. No foreign key: it is
-- on the way of every POST, and its rows outlive nothing.
create table idempotency (
	consortium_id uuid not null,
	account_id uuid not null,
	route text not null,
	key text not null check (char_length(key) between 1 and 255),
	fingerprint bytea not null check (octet_length(fingerprint) = 32),
	-- null while the request is still under way
	status smallint check (status between 100 and 599),
	headers text,
	body bytea,
	created_at timestamptz not null default now(),
	expires_at timestamptz not null,
	primary key (consortium_id, account_id, route, key)
);
create index idempotency_by_expiry on idempotency using brin (expires_at);
