-- A page of a placement's weekly reports, as records/internship_log.h reads
-- them.
-- $1 consortium, $2 placement, $3 last week seen or null, $4 how many
select l.id, l.placement_id, l.week, p.started_on + 7 * (l.week - 1), l.text,
	l.is_late, l.school_mark, l.school_note, l.enterprise_mark,
	l.enterprise_note, l.version, l.created_at, l.updated_at
from internship_log l
join placement p on p.consortium_id = l.consortium_id
	and p.id = l.placement_id
where l.consortium_id = $1::uuid and l.placement_id = $2::uuid
	and ($3::integer is null or l.week > $3::integer)
order by l.week
limit $4::bigint
