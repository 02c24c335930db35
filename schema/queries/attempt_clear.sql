-- Forgets counts of tries whose window has ended: how many.
-- $1 how many at most, $2 days since
with due as (
	select key_sha256 from attempt
	where ends_at <= now() - make_interval(days => $2::int)
	order by ends_at
	limit $1::bigint
	for update skip locked
), cleared as (
	delete from attempt a using due d
	where a.key_sha256 = d.key_sha256
	returning 1
)
select count(*) from cleared
