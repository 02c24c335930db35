-- Every consortium, its chain's end and that end's hash; 0 and zeros where
-- nothing is audited yet.
select c.id, c.slug, coalesce(h.seq, 0),
	encode(coalesce(h.hash, decode(repeat('00', 32), 'hex')), 'hex')
from consortium c
left join audit_head h on h.consortium_id = c.id
order by c.slug
