-- Forgets ways to a provider whose time has ended, in whatever consortium: how
-- many.
-- $1 how many at most, $2 days since
with due as (
	select consortium_id, id from oidc_authorization
	where expires_at <= now() - make_interval(days => $2::int)
	order by expires_at
	limit $1::bigint
	for update skip locked
), cleared as (
	delete from oidc_authorization o using due d
	where o.consortium_id = d.consortium_id and o.id = d.id
	returning 1
)
select count(*) from cleared
