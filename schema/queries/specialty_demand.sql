-- What was asked for in the last years, as records/specialty_list.h reads it: a
-- row for each specialty taught here that something asked for is open to, those
-- of one thing behind each other; null where there is none. Internships are no
-- demand for graduates. A specialty is taught if it had students in a year that
-- specialty_parts.sql tells of.
-- $1 consortium, $2 the last year, $3 how many years back, $4 how many to come
with cell as (
	select row_number() over (order by d.year, d.is_list, d.node,
			d.education) as number, d.*
	from (
		select n.year, n.source = 'demand-list' as is_list, n.node,
			n.education, sum(n.share)::bigint as share
		from demand_of_nodes($1::uuid, $2::integer - $3::integer + 1,
			$2::integer) n
		where n.source <> 'internship'
		group by 1, 2, 3, 4
		having sum(n.share) > 0
	) d
), taught as materialized (
	select distinct s.specialty_code as code
	from supply_by_year($1::uuid, $2::integer - $3::integer + 1,
		$2::integer + $4::integer) s
)
select c.number, c.year, c.is_list, c.share, t.code
from cell c
left join taught t on t.code = c.node or (length(c.node) <> 6 and exists (
	select from node_specialty n where n.node = c.node
		and n.education = c.education and n.specialty_code = t.code))
order by c.number, t.code
