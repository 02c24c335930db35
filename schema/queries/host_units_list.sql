-- A page of a school's host units by their enterprise's id, as
-- records/host_unit.h reads them; what is not published yet only for those who
-- may see it.
-- $1 consortium, $2 school, $3 may the unpublished be seen, $4 enterprise seen
-- last or null, $5 how many
select h.school_id, h.enterprise_id, e.name, h.decided_on, h.published_on,
	h.published_at, h.visited_on, h.visit_report, h.is_honest, h.is_safe,
	h.is_equipped, h.version, h.updated_at
from host_unit h
join enterprise e on e.consortium_id = h.consortium_id
	and e.id = h.enterprise_id
where h.consortium_id = $1::uuid and h.school_id = $2::uuid
	and ($3::boolean or h.published_on <= today_in_china())
	and ($4::uuid is null or h.enterprise_id > $4::uuid)
order by h.enterprise_id
limit $5::bigint
