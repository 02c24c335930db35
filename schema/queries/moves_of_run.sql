-- A page of who moves by a run again, as records/round.h reads them, by student:
-- where from, where to, the seat of the round the student has now, why the
-- office let him go, and the place of a round after it that he leaves, or left
-- when it was published.
-- $1 consortium, $2 run, $3 id of the last student seen or null, $4 how many
select m.student_id, s.student_number, s.name, s.school_id,
	m.from_posting_id, f.title, fe.name, m.to_posting_id, t.title, te.name,
	p.id, p.state, x.reason, l.id, l.state, l.posting_id, lp.title, le.name
from run_move m
join run u on u.consortium_id = m.consortium_id and u.id = m.run_id
join student s on s.consortium_id = m.consortium_id and s.id = m.student_id
left join posting f on f.consortium_id = m.consortium_id
	and f.id = m.from_posting_id
left join enterprise fe on fe.consortium_id = f.consortium_id
	and fe.id = f.enterprise_id
left join posting t on t.consortium_id = m.consortium_id
	and t.id = m.to_posting_id
left join enterprise te on te.consortium_id = t.consortium_id
	and te.id = t.enterprise_id
left join run_release x on x.consortium_id = m.consortium_id
	and x.run_id = m.run_id and x.student_id = m.student_id
left join lateral (select p.id, p.state from placement p
	where p.consortium_id = m.consortium_id and p.round_id = u.round_id
		and p.student_id = m.student_id
	order by p.id desc limit 1) p on true
left join lateral (select l.id, l.state, l.posting_id, l.enterprise_id
	from placement l
	where l.consortium_id = m.consortium_id
		and l.student_id = x.student_id
		and l.round_id in (select a.id
			from rounds_after($1::uuid, u.round_id) a)
		and (l.superseded_by = m.run_id
			or m.to_posting_id is not null
			and l.state in ('proposed', 'accepted',
				'agreement_signed', 'started', 'completed')
			and not exists (select from publication b
				where b.consortium_id = m.consortium_id
					and b.run_id = m.run_id))
	order by l.id desc limit 1) l on true
left join posting lp on lp.consortium_id = m.consortium_id
	and lp.id = l.posting_id
left join enterprise le on le.consortium_id = m.consortium_id
	and le.id = l.enterprise_id
where m.consortium_id = $1::uuid and m.run_id = $2::uuid
	and ($3::uuid is null or m.student_id > $3::uuid)
order by m.student_id
limit $4::bigint
