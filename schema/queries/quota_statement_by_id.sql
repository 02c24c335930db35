-- A statement's document, if it is the one of that digest; and what it hashes
-- to.
-- $1 consortium, $2 statement, $3 SHA-256 in hex
select content, encode(sha256(convert_to(content, 'UTF8')), 'hex')
from quota_statement
where consortium_id = $1::uuid and id = $2::uuid
	and sha256(convert_to(content, 'UTF8')) = decode($3, 'hex')
