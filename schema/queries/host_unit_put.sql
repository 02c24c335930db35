-- Puts an enterprise on a school's list of host units, or what is said of it in
-- the place of what was, as records/host_unit.h reads it; no row: there is no
-- such verified enterprise.
-- $1 consortium, $2 school, $3 enterprise, $4 id, $5 decided, $6 published, $7
-- where, $8 visited, $9 report, $10 honest, $11 safe, $12 equipped, $13 account
with h as (
	insert into host_unit as old (consortium_id, id, school_id,
		enterprise_id, decided_on, published_on, published_at,
		visited_on, visit_report, is_honest, is_safe, is_equipped,
		created_by)
	select e.consortium_id, $4::uuid, $2::uuid, e.id, $5::date, $6::date,
		$7, $8::date, $9, $10::boolean, $11::boolean, $12::boolean,
		$13::uuid
	from enterprise e
	where e.consortium_id = $1::uuid and e.id = $3::uuid
		and e.state = 'verified'
	on conflict (consortium_id, school_id, enterprise_id) do update set
		decided_on = excluded.decided_on,
		published_on = excluded.published_on,
		published_at = excluded.published_at,
		visited_on = excluded.visited_on,
		visit_report = excluded.visit_report,
		is_honest = excluded.is_honest, is_safe = excluded.is_safe,
		is_equipped = excluded.is_equipped, actor = $13::uuid
	returning *
)
select h.school_id, h.enterprise_id, e.name, h.decided_on, h.published_on,
	h.published_at, h.visited_on, h.visit_report, h.is_honest, h.is_safe,
	h.is_equipped, h.version, h.updated_at
from h
join enterprise e on e.consortium_id = h.consortium_id
	and e.id = h.enterprise_id
