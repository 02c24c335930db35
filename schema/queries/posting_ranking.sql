-- The ranking of a posting in a round, best first: rank, student, specialty, entry
-- year, version of the list, when it was last put. One row with a null student
-- says that the list is there and empty; no row, that there is none.
-- $1 consortium, $2 round, $3 posting
select n.rank, n.student_id, s.specialty_code, s.entry_year, l.version,
	l.updated_at
from posting_ranking l
left join posting_rank n on n.consortium_id = l.consortium_id
	and n.round_id = l.round_id and n.posting_id = l.posting_id
left join student s on s.consortium_id = n.consortium_id
	and s.id = n.student_id
where l.consortium_id = $1::uuid and l.round_id = $2::uuid
	and l.posting_id = $3::uuid
order by n.rank
