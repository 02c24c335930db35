-- The names of an import's columns as its file has them, null if it is not
-- read yet, and whether its rows have been taken away.
-- $1 consortium, $2 import, $3 owner or null
select case when i.header is not null
		then array(select json_array_elements_text(i.header)) end,
	i.is_cleared
from import i
where i.consortium_id = $1::uuid and i.id = $2::uuid
	and i.state <> 'receiving'
	and i.owner_id is not distinct from $3::uuid
