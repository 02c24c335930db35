-- Asks for other openings of a posting in a round: its id, or no row where the
-- posting is not the enterprise's, or no published internship.
-- $1 consortium, $2 id, $3 round, $4 posting, $5 enterprise, $6 openings,
-- $7 why, $8 account
insert into capacity_request (consortium_id, id, round_id, posting_id,
	enterprise_id, openings_before, openings, because, created_by)
select p.consortium_id, $2::uuid, $3::uuid, p.id, p.enterprise_id, coalesce((
		select s.openings from round_seats s
		where s.consortium_id = p.consortium_id
			and s.round_id = $3::uuid and s.posting_id = p.id),
		p.openings), $6::integer, $7, $8::uuid
from posting p
where p.consortium_id = $1::uuid and p.id = $4::uuid
	and p.enterprise_id = $5::uuid and p.state = 'published'
	and p.kind = 'internship'
returning id
