-- How far the lists of a round are: which lists count (null: it never opened),
-- how many students may take part, how many put a list, how many certified it, how
-- many put none; then how many internships there are, and for how many of them
-- students are ranked.
-- $1 consortium, $2 round, $3 whether what never opened may be seen, $4 school
-- or null
select p.counted_lists, count(s.id), count(l.student_id),
	count(l.certified_at),
	count(*) filter (where s.id is not null and l.student_id is null),
	max(posting.open), max(posting.ranked)
from round r
cross join lateral (
	select count(*), count(k.posting_id)
	from posting t
	join enterprise e on e.consortium_id = t.consortium_id
		and e.id = t.enterprise_id and e.state = 'verified'
	left join posting_ranking k on k.consortium_id = t.consortium_id
		and k.round_id = r.id and k.posting_id = t.id
		and exists (select from posting_rank n
			where n.consortium_id = k.consortium_id
				and n.round_id = k.round_id
				and n.posting_id = k.posting_id)
	where t.consortium_id = r.consortium_id and t.state = 'published'
		and t.kind = 'internship') as posting (open, ranked)
left join policy p on p.consortium_id = r.consortium_id
	and p.version = r.policy_version
left join student s on s.consortium_id = r.consortium_id
	and s.state = 'active' and ($4::uuid is null or s.school_id = $4::uuid)
	and (r.follows is null or s.id in (select student_id
		from round_students($1::uuid, $2::uuid)))
	and not exists (
		select from placement t
		where t.consortium_id = s.consortium_id and t.student_id = s.id
			and t.state in ('accepted', 'agreement_signed',
				'started')
			and daterange(t.period_start, t.period_end, '[]')
				&& daterange(r.period_start, r.period_end,
					'[]'))
left join wish_list l on l.consortium_id = s.consortium_id
	and l.round_id = r.id and l.student_id = s.id
where r.consortium_id = $1::uuid and r.id = $2::uuid
	and ($3::boolean or r.policy_version is not null)
group by r.id, p.counted_lists
