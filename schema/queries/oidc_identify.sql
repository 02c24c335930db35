-- Who came back from a provider: the outcome (identify, 0035), and the account
-- if it is 'found'.
-- $1 consortium, $2 authorization, $3 subject, $4 student number or null,
-- $5 login name or null, $6 id of an account and $7 of an identity, should new
-- ones be made
select outcome, account_id
from identify($1::uuid, $2::uuid, $3, $4, $5, $6::uuid, $7::uuid)
