-- The end of a consortium's chain: its number, its hash and its time; 0, zeros
-- and null where nothing is audited yet.
-- $1 consortium
select coalesce(h.seq, 0),
	encode(coalesce(h.hash, decode(repeat('00', 32), 'hex')), 'hex'), a.at
from consortium c
left join audit_head h on h.consortium_id = c.id
left join audit a on a.consortium_id = c.id and a.seq = h.seq
where c.id = $1::uuid
