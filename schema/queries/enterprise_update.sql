-- Changes those members of an enterprise that are given (null: stays), as
-- records/enterprise.h reads it; no row where the version is another. What was
-- rejected waits to be looked at again, and so does a verified one under a
-- new name.
-- $1 consortium, $2 enterprise, $3 version seen, $4 account, $5 names of the
-- members to clear, $6 name, $7 industry, $8 division, $9 nature of the unit,
-- $10 address, $11 staff, $12 day of its count, $13 whether everybody may
-- read its postings
with e as (
	update enterprise e set
		name = coalesce($6, e.name),
		industry_code = coalesce($7, e.industry_code),
		division_code = coalesce($8, e.division_code),
		unit_nature_code = case
			when 'unit_nature_code' <> all ($5::text[])
			then coalesce($9, e.unit_nature_code) end,
		address = case when 'address' <> all ($5::text[])
			then coalesce($10, e.address) end,
		staff_count = coalesce($11::integer, e.staff_count),
		staff_counted_on = coalesce($12::date, e.staff_counted_on),
		postings_are_public = coalesce($13::boolean,
			e.postings_are_public),
		state = case when (e.state = 'rejected'
				and num_nonnulls($6::text, $7::text, $8::text,
					$9::text, $10::text, $11::integer,
					$12::date, ($5::text[])[1]) > 0)
			or (e.state = 'verified' and e.name <> $6)
			then 'unverified' else e.state end,
		reason = case when e.name <> $6 then 'a new name'
			else 'a new declaration' end,
		actor = $4::uuid
	where e.consortium_id = $1::uuid and e.id = $2::uuid
		and e.version = $3::bigint
	returning *
)
select e.id, e.uscc, e.name, e.industry_code, i.name, e.unit_nature_code,
	e.division_code, d.name, e.address, e.state, e.staff_count,
	e.staff_counted_on, e.version, e.created_at, e.updated_at,
	e.postings_are_public
from e
join industry i on i.code = e.industry_code
join division d on d.code = e.division_code
