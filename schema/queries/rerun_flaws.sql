-- Which of the students to be let go cannot be: index, and what is wrong: twice
-- in the list, no seat of the round nor of one after it, or an agreement that
-- all have signed.
-- $1 consortium, $2 round, $3 students
with named as (
	select t.id, t.number, exists (
			select from unnest($3::uuid[]) with ordinality
				as b (id, number)
			where b.id = t.id and b.number < t.number) as is_twice,
		(select p.state from placement p
		where p.consortium_id = $1::uuid and p.round_id = $2::uuid
			and p.student_id = t.id
		order by p.id desc limit 1) as state,
		(select p.state from placement p
		where p.consortium_id = $1::uuid and p.student_id = t.id
			and p.round_id in (select id
				from rounds_after($1::uuid, $2::uuid))
			and p.state in ('proposed', 'accepted',
				'agreement_signed', 'started', 'completed')
		order by p.id desc limit 1) as later
	from unnest($3::uuid[]) with ordinality as t (id, number)
)
select number - 1, case when is_twice then 'twice'
	when state is null and later is null then 'none' else 'signed' end
from named
where is_twice or state is null and later is null
	or state in ('agreement_signed', 'started', 'completed')
	or later in ('agreement_signed', 'started', 'completed')
order by number
