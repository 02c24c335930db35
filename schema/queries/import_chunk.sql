-- A piece of the file of an import, in hex; no row: that was all.
-- $1 consortium, $2 import, $3 number
select encode(c.bytes, 'hex')
from import_chunk c
where c.consortium_id = $1::uuid and c.import_id = $2::uuid
	and c.number = $3::integer
