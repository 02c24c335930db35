-- Keeps what was answered under a key, in the transaction that claimed it.
-- $1 consortium, $2 account, $3 operation, $4 key, $5 status, $6 headers as
-- lines, $7 body
update idempotency
set status = $5::smallint, headers = $6, body = convert_to($7, 'UTF8')
where consortium_id = $1::uuid and account_id = $2::uuid and route = $3
	and key = $4
returning status
