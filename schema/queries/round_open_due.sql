-- Opens scheduled rounds whose time has come, under the policy and the rarity that
-- hold now; one whose time for wishes is over meanwhile, or whose consortium
-- has no policy, stays a draft. Returns how many were opened.
-- $1 how many at most
with due as (
	select consortium_id, id from round
	where state = 'draft' and is_scheduled and opens_at <= now()
		and closes_at > now()
		and policy_at(consortium_id, now()) is not null
	order by opens_at, id
	limit $1::bigint
	for update skip locked
), moved as (
	update round r set state = 'open',
		actor = '00000000-0000-0000-0000-000000000000',
		policy_version = policy_at(r.consortium_id, now()),
		rarity_edition = (select max(e.number) from rarity_edition e
			where e.consortium_id = r.consortium_id)
	from due
	where r.consortium_id = due.consortium_id and r.id = due.id
	returning r.id
)
select count(*) from moved
