-- Makes a school; returns it as records/school.h reads it.
-- $1 consortium, $2 id, $3 credit code or null, $4 code or null, $5 name,
-- $6 division, $7 kind, $8 account
insert into school (consortium_id, id, uscc, code, name, division_code, kind,
	created_by)
values ($1::uuid, $2::uuid, $3, $4, $5, $6, $7, $8::uuid)
returning id, uscc, code, name, division_code, kind, version, created_at,
	updated_at
