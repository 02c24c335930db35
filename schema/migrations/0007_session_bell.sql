-- Servers know tokens by heart. NOTIFY duikou_session, with the id of a
-- session or of an account, makes each of them forget at once: without the
-- delay of reading `change`, and without waking those who only follow it.

create or replace function session_revoked() returns trigger
language plpgsql as $$
begin
	insert into change (consortium_id, topic, subject_id, kind)
	values (old.consortium_id, 'session', old.id, 'revoked');
	perform pg_notify('duikou_session', old.id::text);
	return null;
end;
$$;

create function account_known_otherwise() returns trigger
language plpgsql as $$
begin
	perform pg_notify('duikou_session', new.id::text);
	return null;
end;
$$;

create trigger known_otherwise after update on account
	for each row
	when (old.is_disabled <> new.is_disabled or old.role <> new.role
		or old.owner_id <> new.owner_id)
	execute function account_known_otherwise();
