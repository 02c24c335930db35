-- Forgets invitations to an account, and resets, that were over so long ago, in
-- whatever consortium: how many.
-- $1 how many at most, $2 days since
with due as (
	select consortium_id, id from account_invitation
	where least(expires_at, accepted_at, revoked_at)
		<= now() - make_interval(days => $2::int)
	limit $1::bigint
	for update skip locked
), cleared as (
	delete from account_invitation i using due d
	where i.consortium_id = d.consortium_id and i.id = d.id
	returning 1
)
select count(*) from cleared
