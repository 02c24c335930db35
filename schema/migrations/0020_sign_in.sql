-- Where a session was opened, and how often somebody may be wrong: tries are
-- counted here, so that they are the same ones on every server.

alter table session
	add column address text check (char_length(address) between 1 and 64),
	add column user_agent text
		check (char_length(user_agent) between 1 and 200);

-- A table of the service, not of a consortium: a try may name one that does
-- not exist, and is counted just the same. Only the hash of what was tried is
-- kept, and only until its window ends.
create table attempt (
	key_sha256 bytea primary key check (octet_length(key_sha256) = 32),
	taken integer not null check (taken >= 0),
	ends_at timestamptz not null
);
create index attempt_by_end on attempt (ends_at);

-- Takes one of `most` tries that `who` has in a window: 0, or, where none is
-- left, the seconds until it ends.
create function attempt_take(who text, most integer, window_s integer)
returns integer
language plpgsql as $$
declare
	key bytea := sha256(convert_to(who, 'UTF8'));
	wait integer;
begin
	select greatest(1, ceil(extract(epoch from a.ends_at - now())))::integer
	into wait from attempt a
	where a.key_sha256 = key and a.taken >= most and a.ends_at > now();
	if found then
		return wait;
	end if;
	insert into attempt as a (key_sha256, taken, ends_at)
	values (key, 1, now() + make_interval(secs => window_s))
	on conflict (key_sha256) do update set
		taken = case when a.ends_at > now() then a.taken + 1
			else 1 end,
		ends_at = case when a.ends_at > now() then a.ends_at
			else excluded.ends_at end
	where a.taken < most or a.ends_at <= now();
	-- what another took meanwhile was the last one
	return case when found then 0 else 1 end;
end;
$$;

-- Gives a try back that turned out well.
create function attempt_refund(who text) returns void
language sql
begin atomic
	update attempt set taken = taken - 1
	where key_sha256 = sha256(convert_to(who, 'UTF8')) and taken > 0;
end;
