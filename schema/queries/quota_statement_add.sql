-- Keeps a statement, as records/quota_statement.h reads them.
-- $1 consortium, $2 id, $3 enterprise, $4 first day, $5 last day, $6 content,
-- $7 its SHA-256 in hex, $8 code, $9 account
insert into quota_statement (consortium_id, id, enterprise_id, first_day,
	last_day, content, sha256, code, created_by)
values ($1::uuid, $2::uuid, $3::uuid, $4::date, $5::date, $6,
	decode($7, 'hex'), $8, $9::uuid)
returning id, enterprise_id, first_day, last_day, encode(sha256, 'hex'), code,
	created_at
