-- Forgets what an account is at a provider: its id.
-- $1 consortium, $2 account, $3 identity
delete from identity
where consortium_id = $1::uuid and account_id = $2::uuid and id = $3::uuid
returning id
