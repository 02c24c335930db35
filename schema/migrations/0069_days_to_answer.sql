-- How long students have to answer and anybody to appeal, where a publication
-- does not say, is the policy's; it was a week.

alter table policy
	add column answer_days smallint not null default 7
		check (answer_days between 1 and 60),
	add column appeal_days smallint not null default 7
		check (appeal_days between 1 and 60);

-- As it was, with what is usual of both.
create or replace function policy_drawn(
	consortium uuid, version integer, body jsonb, account uuid
) returns policy
language sql stable as $$
	select jsonb_populate_record(null::policy, jsonb_build_object(
		'invitations_per_day', 50, 'invitations_per_student', 5,
		'interviews_per_application', 5, 'answer_days', 7,
		'appeal_days', 7, 'proposed_wishes', 0,
		'counted_lists', 'all', 'host_lists', 'kept',
		'floor_base', 'staff', 'size_classes', '[]'::jsonb,
		'floors', '[]'::jsonb)
	|| body || jsonb_build_object(
		'consortium_id', consortium, 'version', version,
		'valid_from', greatest((body ->> 'valid_from')::timestamptz,
			now()),
		'created_at', now(), 'created_by', account));
$$;

-- The end of a time that begins now: as it was asked for, or in as many days as
-- the round's policy says, but not beyond the round's last day. what names the
-- constraint that a time in the past, or beyond that day, breaks.
create or replace function round_time_end(
	r round, asked timestamptz, what text
) returns timestamptz
language plpgsql as $$
declare
	last_moment timestamptz := (r.period_end + 1)::timestamp
		at time zone 'Asia/Shanghai';
	days integer;
	usual timestamptz;
begin
	if asked <= now() or asked > last_moment then
		raise exception 'it ends now or later, within the round''s days'
			using errcode = '23514', constraint = what;
	end if;
	select case what when 'round_decide_by_is_ahead' then p.answer_days
		else p.appeal_days end into days
	from policy p
	where p.consortium_id = r.consortium_id
		and p.version = r.policy_version;
	usual := date_trunc('minute', now()) + days * interval '1 day';
	return coalesce(asked, case when last_moment > now()
		then least(usual, last_moment) else usual end);
end;
$$;
