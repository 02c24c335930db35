-- Makes a key; returns it as endpoints/api_key_steps.h reads it.
-- $1 consortium, $2 account, $3 id, $4 id of its session, $5 name, $6 scopes,
-- $7 SHA-256 of the key in hex, $8 how it begins, $9 when it ends, or null: in
-- a year
with made as (
	select make_api_key($1::uuid, $2::uuid, $3::uuid, $4::uuid, $5,
		$6::text[], decode($7, 'hex'), $8,
		coalesce($9::timestamptz, now() + interval '1 year')) as ends
)
select $3::uuid, $5::text, $6::text[], $8::text, now(), $2::uuid, made.ends
from made
