-- A page of what was published of a round, newest first, as records/round.h
-- reads it, with the hashes of both documents.
-- $1 consortium, $2 round, $3 number of the last one seen or null, $4 how many
select b.number, b.run_id, b.made, b.ended, b.kept, b.decide_by, b.appeals_by,
	b.published_at,
	(select encode(f.sha256, 'hex') from run_file f
	where f.consortium_id = b.consortium_id and f.run_id = b.run_id
		and f.kind = 'instance'),
	(select encode(f.sha256, 'hex') from run_file f
	where f.consortium_id = b.consortium_id and f.run_id = b.run_id
		and f.kind = 'result')
from publication b
where b.consortium_id = $1::uuid and b.round_id = $2::uuid
	and ($3::integer is null or b.number < $3::integer)
order by b.number desc
limit $4::bigint
