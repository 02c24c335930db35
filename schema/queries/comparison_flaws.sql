-- What a comparison names that the run does not have: 'run', or 'change' and
-- its index. No row: nothing.
-- $1 consortium, $2 round, $3 run, $4 ids of what is changed, $5 what of it is
-- set (cap, floor, capacity)
select 'run' as what, null::bigint as index
where not exists (select from run u where u.consortium_id = $1::uuid
	and u.round_id = $2::uuid and u.id = $3::uuid and u.state = 'done')
union all
select 'change', t.number - 1
from unnest($4::uuid[], $5::text[]) with ordinality as t (id, what, number)
where case t.what
	when 'capacity' then not exists (select from posting p
		where p.consortium_id = $1::uuid and p.id = t.id)
	else not exists (select from run_group g
		where g.consortium_id = $1::uuid and g.run_id = $3::uuid
			and g.group_id = t.id::text) end
order by 1 desc, 2
