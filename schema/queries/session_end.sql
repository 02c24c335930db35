-- Ends a session; the trigger tells every server. Nothing if it has ended.
-- $1 consortium, $2 session
update session set revoked_at = now()
where consortium_id = $1::uuid and id = $2::uuid and revoked_at is null
returning id
