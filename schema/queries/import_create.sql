-- An import whose file is still to come, piece by piece.
-- $1 consortium, $2 id, $3 kind, $4 mode, $5 media type, $6 whether unknown
-- columns are left alone, $7 owner or null, $8 bytes, $9 account,
-- $10 mapping (JSON) or null, $11 sheet or null
insert into import (consortium_id, id, kind, mode, media_type, lets_others_be,
	owner_id, bytes, created_by, mapping, sheet)
values ($1::uuid, $2::uuid, $3, $4, $5, $6::boolean, $7::uuid, $8::bigint,
	$9::uuid, $10::jsonb, $11)
returning id
