-- Keys for systems. A key is an account of the role integrator, which acts for
-- its owner as far as the key's scopes go, with one session that lives long.

create table api_key (
	consortium_id uuid not null,
	-- that of its account
	id uuid not null,
	name text not null
		check (char_length(name) between 1 and 60
			and btrim(name) = name),
	-- "postings:read": records/scopes.h
	scopes text[] not null
		check (cardinality(scopes) >= 1 and words_are_sane(scopes, 64)),
	-- how the key begins, to tell it from others
	prefix text not null check (prefix ~ '^dk_[A-Za-z0-9_-]{8}$'),
	created_at timestamptz not null default now(),
	created_by uuid not null,
	primary key (consortium_id, id),
	foreign key (consortium_id, id) references account on delete cascade
);

-- Makes a key for the owner of the account that asks, at most 20 of them that
-- live: when it ends.
create function make_api_key(
	p_consortium uuid, p_maker uuid, p_id uuid, p_session uuid,
	p_name text, p_scopes text[], p_token_sha256 bytea, p_prefix text,
	p_expires_at timestamptz
) returns timestamptz
language plpgsql as $$
declare
	maker account;
begin
	-- one at a time for an owner: the account that asks is not enough
	perform pg_advisory_xact_lock(hashtextextended(
		p_consortium::text || (select a.owner_id from account a
			where a.consortium_id = p_consortium
				and a.id = p_maker)::text, 0));
	select * into maker from account a
	where a.consortium_id = p_consortium and a.id = p_maker;
	if 20 <= (select count(*) from account a
			join session s on s.consortium_id = a.consortium_id
				and s.account_id = a.id
				and s.revoked_at is null
				and s.expires_at > now()
			where a.consortium_id = p_consortium
				and a.owner_id = maker.owner_id
				and a.owner_kind = maker.owner_kind
				and a.role = 'integrator'
				and exists (select from api_key k
					where k.consortium_id = a.consortium_id
						and k.id = a.id)) then
		raise exception 'there are 20 keys already'
			using errcode = 'DK002',
				constraint = 'api_key_not_too_many';
	end if;
	insert into account (consortium_id, id, login, role, owner_kind,
		enterprise_id, school_id, display_name, created_by)
	values (p_consortium, p_id, 'key.' || p_id, 'integrator',
		maker.owner_kind, maker.enterprise_id, maker.school_id,
		left(p_name, 50), p_maker);
	insert into api_key (consortium_id, id, name, scopes, prefix,
		created_by)
	values (p_consortium, p_id, p_name, p_scopes, p_prefix, p_maker);
	insert into session (consortium_id, id, account_id, token_sha256,
		expires_at)
	values (p_consortium, p_session, p_id, p_token_sha256, p_expires_at);
	return p_expires_at;
end;
$$;
