-- A page of the editions of the three lists, newest first, as
-- records/specialty_edition.h reads them; who sees which: as in
-- specialty_list_by_id.sql.
-- $1 consortium, $2 who asks, $3 state, $4 year, each or null, $5 id of the last
-- one seen or null, $6 how many
select l.id, l.name, l.year, l.policy_version, l.state, l.comments_by,
	l.published_at, c.restricted, c.strengthened, c.upgraded, c.departed,
	c.open_appeals, l.version, l.created_at, l.updated_at
from specialty_list l
cross join lateral (
	select count(*) filter (where coalesce(e.decided_outcome, e.outcome)
			= 'restrict' and e.school_id is null) as restricted,
		count(*) filter (where coalesce(e.decided_outcome, e.outcome)
			= 'strengthen' and e.school_id is null) as strengthened,
		count(*) filter (where coalesce(e.decided_outcome, e.outcome)
			= 'upgrade' and e.school_id is null) as upgraded,
		count(e.decided_outcome) as departed,
		(select count(*) from specialty_appeal a
			where a.consortium_id = l.consortium_id
				and a.list_id = l.id and a.state = 'open')
			as open_appeals
	from specialty_entry e
	where e.consortium_id = l.consortium_id and e.list_id = l.id) c
where l.consortium_id = $1::uuid
	and ($2::text = 'office' or l.state = 'published' or ($2::text = 'school'
		and l.comments_by is not null))
	and ($3::text is null or l.state = $3)
	and ($4::integer is null or l.year = $4::integer)
	and ($5::uuid is null or l.id < $5::uuid)
order by l.id desc
limit $6::bigint
