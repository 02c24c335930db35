-- One party's signature under the newest edition.
-- $1 consortium, $2 placement, $3 owner, $4 party, $5 guardian's name or null,
-- $6 day or null: today, $7 SHA-256 of what is signed, in hex, $8 account
select sign_agreement($1::uuid, $2::uuid, $3::uuid, $4, $5, $6::date,
	decode($7, 'hex'), $8::uuid)
