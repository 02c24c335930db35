-- The years that an enterprise has a list for: year, entries, openings in all,
-- version, when it was put.
-- $1 consortium, $2 enterprise
select l.year, count(d.number), coalesce(sum(d.openings), 0), l.version,
	l.updated_at
from demand_list l
left join demand d on d.consortium_id = l.consortium_id
	and d.enterprise_id = l.enterprise_id and d.year = l.year
where l.consortium_id = $1::uuid and l.enterprise_id = $2::uuid
group by l.year, l.version, l.updated_at
order by l.year
