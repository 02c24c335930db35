-- The smallest parts of those who are followed up, of which all that others may
-- see is made: the year, the school's division, the school, what there is of
-- them ("660301 37 20 0 0 0": how many, and who answered after 6, 12, 18 and 24
-- months; one may come more than once: they are summed), how few a group may
-- have, and of the four how many have come for all of that year.
-- Planned anew: of one year or of all.
-- $1 consortium, $2 first and $3 last year, $4 what the parts are by: `place`
-- (school and specialty), `sex` or `month`
select extract(year from a.day), h.division_code, h.id, a.parts,
	(select coalesce((select p.small_group_least from policy p
		where p.consortium_id = $1::uuid
			and p.version = policy_at($1::uuid, now())), 11)),
	(select count(*) from unnest(array[6, 12, 18, 24]) m (months)
		where follow_up_due_on(a.day, m.months) <= today_in_china())
from (select t.day, case $4::text when 'place' then t.school_id end
		as school_id,
		string_agg(case $4::text when 'place' then t.specialty_code
				when 'sex' then t.sex else t.month::text end
			|| ' ' || t.graduates || ' ' || t.answered_6
			|| ' ' || t.answered_12 || ' ' || t.answered_18
			|| ' ' || t.answered_24, ' ') as parts
	from follow_up_counts($1::uuid, null, $2::integer, $3::integer,
		$4::text) t
	where t.day <= follow_up_last_day(today_in_china(), 6)
	group by 1, 2) a
left join school h on h.consortium_id = $1::uuid and h.id = a.school_id
order by 1, h.division_code collate "C", h.id
