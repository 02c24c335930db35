-- Mends e1d947688040d47f46a0c38e8395a3e116d6c4b24980ce748fccada7246986bd
-- which PostgreSQL 15.20 refused: see 0066.

-- Whether every school is held to a list of host units (rule 1.25), or one
-- that has not begun to keep it is not: the policy says which.
alter table policy add column host_lists text not null default 'kept'
	check (host_lists in ('kept', 'required'));

-- As 0045 has it, with host_lists.
create or replace function policy_drawn(
	consortium uuid, version integer, body jsonb, account uuid
) returns policy
language sql stable as $$
	select jsonb_populate_record(null::policy, jsonb_build_object(
		'invitations_per_day', 50, 'invitations_per_student', 5,
		'interviews_per_application', 5, 'proposed_wishes', 0,
		'counted_lists', 'all', 'host_lists', 'kept',
		'floor_base', 'staff', 'size_classes', '[]'::jsonb,
		'floors', '[]'::jsonb)
	|| body || jsonb_build_object(
		'consortium_id', consortium, 'version', version,
		'valid_from', greatest((body ->> 'valid_from')::timestamptz,
			now()),
		'created_at', now(), 'created_by', account));
$$;

-- As 0037 has it, but for a school without a list.
create or replace function host_unit_flaw(
	consortium uuid, school uuid, enterprise uuid
) returns text
language sql stable
begin atomic
	select case
	when not exists (select from host_unit u
		where u.consortium_id = consortium and u.school_id = school)
		then (select '1_25' from policy p
			where p.consortium_id = consortium
				and p.version = policy_at(consortium, now())
				and p.host_lists = 'required')
	when h.id is null or h.published_on is null
		or h.published_on > today_in_china() then '1_25'
	when not (h.is_honest and h.is_safe and h.is_equipped) then '1_26'
	when h.visited_on is null and not exists (select from placement p
		join student s on s.consortium_id = p.consortium_id
			and s.id = p.student_id
		where p.consortium_id = consortium
			and p.enterprise_id = enterprise
			and s.school_id = school and p.state = 'completed')
		then '1_26' end
	from (values (1)) as one
	left join host_unit h on h.consortium_id = consortium
		and h.school_id = school and h.enterprise_id = enterprise;
end;
