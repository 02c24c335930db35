-- What is decided about rounds, policies, quotas and enterprises goes into the
-- audit by itself, whoever moves the row. The entries are written at the end
-- of the transaction, so that the chain's head, which its writers lock, is not
-- held while thousands of placements are made.

-- What is hashed after the hash before it.
create function audit_text(entry audit) returns text
language sql stable
return audit_field(entry.consortium_id::text)
	|| audit_field(entry.seq::text)
	|| audit_field((extract(epoch from entry.at) * 1000000)::bigint::text)
	|| audit_field(entry.actor::text)
	|| audit_field(entry.action)
	|| audit_field(entry.subject_kind)
	|| audit_field(entry.subject_id::text)
	|| audit_field(entry.detail::text);

create or replace function audit_hash(entry audit) returns bytea
language sql stable
return sha256(entry.prev_hash || convert_to(audit_text(entry), 'UTF8'));

create function nobody_is_service(actor uuid) returns uuid
language sql immutable parallel safe
return coalesce(actor, '00000000-0000-0000-0000-000000000000'::uuid);

create function audit_of_round(consortium uuid, round_id uuid)
returns jsonb
language sql stable
begin atomic
	select jsonb_build_object('name', r.name,
		'seed_sha256', encode(r.seed_sha256, 'hex'),
		'policy_version', r.policy_version,
		'rarity_edition', r.rarity_edition,
		'opens_at', r.opens_at, 'closes_at', r.closes_at,
		'published_run_id', r.published_run_id)
	from round r where r.consortium_id = consortium and r.id = round_id;
end;

create function audit_of_run(consortium uuid, run_id uuid)
returns jsonb
language sql stable
begin atomic
	select jsonb_build_object('round_id', r.round_id, 'mode', r.mode,
		'attempt', r.attempt, 'student_count', r.student_count,
		'placed_count', r.placed_count, 'shortfall', r.shortfall,
		'error', r.error, 'sha256', (select jsonb_object_agg(f.kind,
				encode(f.sha256, 'hex'))
			from run_file f
			where f.consortium_id = consortium
				and f.run_id = audit_of_run.run_id))
	from run r where r.consortium_id = consortium and r.id = run_id;
end;

create function audit_of(machine text, consortium uuid, subject uuid)
returns jsonb
language sql stable
return case machine
	when 'round' then audit_of_round(consortium, subject)
	when 'run' then audit_of_run(consortium, subject)
	else '{}'::jsonb end;

-- A move of a state.
create function event_audited() returns trigger
language plpgsql as $$
begin
	perform audit_append(new.consortium_id, new.actor,
		new.machine || '.' || new.to_state, new.machine,
		new.subject_id, (jsonb_build_object('from', new.from_state,
			'reason', new.reason)
			|| audit_of(new.machine, new.consortium_id,
				new.subject_id))::json);
	return null;
end;
$$;

create constraint trigger audited after insert on event
	deferrable initially deferred for each row
	when (new.machine in ('enterprise', 'round', 'run'))
	execute function event_audited();

-- A new row. Argument: what it is.
create function row_audited() returns trigger
language plpgsql as $$
begin
	perform audit_append(new.consortium_id,
		nobody_is_service(new.created_by), tg_argv[0] || '.created',
		tg_argv[0], new.id,
		audit_of(tg_argv[0], new.consortium_id, new.id)::json);
	return null;
end;
$$;

create constraint trigger audited after insert on round
	deferrable initially deferred for each row
	execute function row_audited('round');
create constraint trigger audited after insert on run
	deferrable initially deferred for each row
	execute function row_audited('run');

create function policy_audited() returns trigger
language plpgsql as $$
begin
	perform audit_append(new.consortium_id,
		nobody_is_service(new.created_by), 'policy.created', 'policy',
		null, to_json(new));
	return null;
end;
$$;

create constraint trigger audited after insert on policy
	deferrable initially deferred for each row
	execute function policy_audited();

-- What an enterprise was granted, before and after.
create function quota_override_audited() returns trigger
language plpgsql as $$
declare
	it quota_override := case when tg_op = 'DELETE' then old else new end;
begin
	perform audit_append(it.consortium_id, nobody_is_service(coalesce((
			select c.actor from change c
			where c.consortium_id = it.consortium_id
				and c.xid = pg_current_xact_id()
				and c.topic = 'quota_override'
				and c.subject_id = it.id
			order by c.id desc limit 1), it.created_by)),
		'quota_override.' || lower(tg_op), 'enterprise',
		it.enterprise_id, json_build_object(
			'before', case when tg_op <> 'INSERT'
				then to_jsonb(old) end,
			'after', case when tg_op <> 'DELETE'
				then to_jsonb(new) end));
	return null;
end;
$$;

create constraint trigger audited after insert or update or delete
	on quota_override deferrable initially deferred for each row
	execute function quota_override_audited();
