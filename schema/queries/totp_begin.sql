-- Keeps a secret that is to be confirmed, unless one is in use: the login; no
-- row then.
-- $1 consortium, $2 account, $3 sealed secret
update account set totp_sealed = convert_to($3, 'UTF8'), actor = $2::uuid
where consortium_id = $1::uuid and id = $2::uuid and totp_confirmed_at is null
returning login
