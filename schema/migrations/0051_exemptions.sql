-- What the office grants an enterprise stays as it was granted; all that may
-- follow is that it ends sooner, and never on a day that is past.

alter table quota_override
	add column ended_why text check (char_length(ended_why)
		between 1 and 500),
	add constraint quota_override_end_has_its_reason
		check ((ended_on is null) = (ended_why is null)),
	add constraint quota_override_grants_something check (num_nonnulls(
		floor_mille, staff_cap_mille, post_category_cap_mille) > 0)
		not valid;
create index quota_override_by_id on quota_override
	(consortium_id, enterprise_id, id);

create function quota_override_state(it quota_override) returns text
language sql stable
return case when isempty((it).days) then 'withdrawn'
	when today_in_china() < lower((it).days) then 'coming'
	when today_in_china() < upper((it).days) then 'holding'
	else 'over' end;

create function quota_override_kept() returns trigger
language plpgsql as $$
begin
	if tg_op = 'DELETE' or (old.enterprise_id, old.floor_mille,
			old.staff_cap_mille, old.post_category_cap_mille,
			old.why, old.starts_on, old.ends_on)
		is distinct from (new.enterprise_id, new.floor_mille,
			new.staff_cap_mille, new.post_category_cap_mille,
			new.why, new.starts_on, new.ends_on) then
		raise exception 'an exemption stays as it was granted'
			using errcode = 'DK003';
	end if;
	if new.ended_on is distinct from old.ended_on
		and (new.ended_on is null
			or new.ended_on >= coalesce(old.ended_on,
				old.ends_on)
			or new.ended_on < today_in_china() - 1) then
		raise exception 'an exemption ends sooner, on no past day'
			using errcode = 'DK003';
	end if;
	return new;
end;
$$;

create trigger grant_stays before update or delete on quota_override
	for each row execute function quota_override_kept();
