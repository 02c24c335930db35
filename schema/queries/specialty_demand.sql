-- What was asked for in the last years, as records/specialty_list.h reads it: a
-- row for each specialty taught here that something asked for is open to, those
-- of one thing behind each other; null where there is none. Internships are no
-- demand for graduates. A specialty is taught if it had students in a year that
-- specialty_parts.sql tells of.
-- $1 consortium, $2 the last year, $3 how many years back, $4 how many to come
with cell as (
	select row_number() over () as number, d.*
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
	select s.specialty_code as code
	from cohorts_by_place($1::uuid, $2::integer - $3::integer + 1,
		$2::integer + $4::integer) s
	group by 1
	having sum(s.students::integer) > 0
), open_to as (
	-- a specialty that is named is so whatever education is asked for
	select t.code as node, null as education, t.code
	from taught t
	union all
	select n.node, n.education, t.code
	from taught t
	join node_specialty n on n.specialty_code = t.code
	where length(n.node) <> 6
)
select c.number, c.year, c.is_list, c.share, o.code
from cell c
left join open_to o on o.node = c.node
	and coalesce(o.education, c.education) = c.education
order by c.number, o.code collate "C"
