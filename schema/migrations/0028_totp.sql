-- One-time codes as a second factor (RFC 6238).
alter table account
	-- the secret, sealed by the server
	add column totp_sealed bytea,
	-- null: not confirmed yet, so it is not asked for
	add column totp_confirmed_at timestamptz,
	-- the last step whose code was used: each is good once
	add column totp_last_step bigint,
	add constraint account_totp_is_confirmed_with_secret
		check (totp_confirmed_at is null or totp_sealed is not null),
	add constraint account_totp_step_is_of_confirmed
		check ((totp_last_step is null) = (totp_confirmed_at is null));

-- For who lost the telephone: each works once in the place of a code.
create table recovery_code (
	consortium_id uuid not null,
	account_id uuid not null,
	code_sha256 bytea not null check (octet_length(code_sha256) = 32),
	primary key (consortium_id, account_id, code_sha256),
	foreign key (consortium_id, account_id) references account
		on delete cascade
);

-- Uses a code up: its step, or, if step is null, a recovery code. False: it was
-- used before, or is none.
create function totp_use(
	p_consortium uuid, p_account uuid, p_step bigint, p_code_sha256 bytea
) returns boolean
language plpgsql as $$
begin
	if p_step is not null then
		update account set totp_last_step = p_step, actor = id
		where consortium_id = p_consortium and id = p_account
			and totp_last_step < p_step;
	else
		delete from recovery_code where consortium_id = p_consortium
			and account_id = p_account
			and code_sha256 = p_code_sha256;
	end if;
	return found;
end;
$$;

create function totp_clear(p_consortium uuid, p_account uuid) returns uuid
language plpgsql as $$
begin
	delete from recovery_code where consortium_id = p_consortium
		and account_id = p_account;
	update account set totp_sealed = null, totp_confirmed_at = null,
		totp_last_step = null, actor = id
	where consortium_id = p_consortium and id = p_account;
	return p_account;
end;
$$;
