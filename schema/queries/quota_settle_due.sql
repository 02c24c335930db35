-- Brings those ledgers up to today that nobody's doing did: how many.
-- $1 how many at most
select settle_due_quotas($1::bigint)
