-- A token for another password of an account that one answers for: when it
-- ends; null: there is no such account.
-- $1 consortium and $2 account that asks, $3 account, $4 id, $5 SHA-256 of the
-- token in hex
select reset_account($1::uuid, $2::uuid, $3::uuid, $4::uuid,
	decode($5, 'hex'))
