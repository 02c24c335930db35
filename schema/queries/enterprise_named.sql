-- Name, code and consortium of an enterprise, for whoever holds its
-- certificate.
-- $1 consortium, $2 enterprise
select e.name, e.uscc, c.name
from enterprise e
join consortium c on c.id = e.consortium_id
where e.consortium_id = $1::uuid and e.id = $2::uuid
