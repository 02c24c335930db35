-- One edition of the three lists as records/specialty_edition.h reads it, with
-- its rule and history, if who asks may see it: the office any, schools from
-- the time for comments on, the others what is published.
-- $1 consortium, $2 list, $3 who asks: office, school or another
select l.id, l.name, l.year, l.policy_version, l.state, l.comments_by,
	l.published_at, c.restricted, c.strengthened, c.upgraded, c.departed,
	c.open_appeals, l.version, l.created_at, l.updated_at,
	l.rule, coalesce((select json_agg(json_build_object('at', h.at,
			'from', h.from_state, 'to', h.to_state,
			'reason', h.reason, 'by', u.role) order by h.at, h.id)
		from event h
		left join account u on u.consortium_id = h.consortium_id
			and u.id = h.actor
		where h.consortium_id = l.consortium_id
			and h.subject_id = l.id), '[]')
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
where l.consortium_id = $1::uuid and l.id = $2::uuid
	and ($3::text = 'office' or l.state = 'published' or ($3::text = 'school'
		and l.comments_by is not null))
