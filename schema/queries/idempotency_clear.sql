-- Forgets answers kept under keys that have run out, in whatever consortium:
-- how many. A key that a request is just claiming anew is left to it.
-- $1 how many at most, $2 days since
with due as (
	select consortium_id, account_id, route, key from idempotency
	where expires_at <= now() - make_interval(days => $2::int)
	limit $1::bigint
	for update skip locked
), cleared as (
	delete from idempotency i using due d
	where i.consortium_id = d.consortium_id
		and i.account_id = d.account_id and i.route = d.route
		and i.key = d.key
	returning 1
)
select count(*) from cleared
