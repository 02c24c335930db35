-- Publishes postings, as posting_publish.sql does one: the id and new version of
-- each that was of the version said.
-- $1 consortium, $2 enterprise, $3 account, $4 objects with id, version and
-- closes_at
update posting p set state = 'published', closes_at = x.closes_at,
	actor = $3::uuid
from jsonb_to_recordset($4::jsonb)
	as x (id uuid, version bigint, closes_at timestamptz)
where p.consortium_id = $1::uuid and p.id = x.id
	and p.enterprise_id = $2::uuid and p.version = x.version
returning p.id, p.version
