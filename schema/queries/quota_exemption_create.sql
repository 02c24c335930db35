-- Grants an exemption: its id.
-- $1 consortium, $2 id, $3 enterprise, $4 floor, $5 cap of the staff, $6 of a
-- post category, each in thousandths or null, $7 reason, $8 first day or null:
-- today, $9 last day, $10 account
insert into quota_override (consortium_id, id, enterprise_id, floor_mille,
	staff_cap_mille, post_category_cap_mille, why, starts_on, ends_on,
	created_by)
values ($1::uuid, $2::uuid, $3::uuid, $4::smallint, $5::smallint,
	$6::smallint, $7, coalesce($8::date, today_in_china()), $9::date,
	$10::uuid)
returning id
