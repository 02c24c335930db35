-- Graduates and where they went, counted by what is asked for: the counts as
-- they are, or the facts as they were at a moment; the columns are those of
-- records/employment.h. Groups that differ in their year alone stand behind
-- each other, the earlier first.
-- $1 consortium, $2 school that owns or null, $3 first and $4 last year, $5
-- month, $6 school, $7 specialty, class or category, $8 level, $9 sex, $10 the
-- schools' division, each or null, $11 least evidence, 0..4, $12 moment or
-- null, $13 the dimensions, $14 how many at most
with cut as (
	select s.school_id, s.year, s.month, s.specialty_code, s.sex,
		s.graduates, s.n10, s.n11, s.n12, s.n27, s.n46, s.n50, s.n51,
		s.n70, s.n71, s.n72, s.n75, s.n76, s.n80, s.n85, s.nothing,
		s.local, s.province, s.answered, s.said_yes, s.computable,
		s.computed_yes, s.by_declared, s.by_employer, s.by_document,
		s.by_insurance
	from graduate_sum s
	where $12::timestamptz is null and s.consortium_id = $1::uuid
		and s.proof = $11::integer
		and s.year between $3::integer and $4::integer
	union all
	select g.school_id, g.year, g.month, g.specialty_code, g.sex,
		m.graduates::integer, m.n10::integer, m.n11::integer,
		m.n12::integer, m.n27::integer, m.n46::integer, m.n50::integer,
		m.n51::integer, m.n70::integer, m.n71::integer, m.n72::integer,
		m.n75::integer, m.n76::integer, m.n80::integer, m.n85::integer,
		m.nothing::integer, m.local::integer, m.province::integer,
		m.answered::integer, m.said_yes::integer,
		m.computable::integer, m.computed_yes::integer,
		m.by_declared::integer, m.by_employer::integer,
		m.by_document::integer, m.by_insurance::integer
	from graduate_count g
	cross join lateral graduate_measures(g.code, g.evidence, g.place,
		g.aligned_said, g.aligned_computed, $11::integer, g.n) m
	where $12::timestamptz is null and g.consortium_id = $1::uuid
		and g.year between $3::integer and $4::integer
	union all
	select f.school_id, f.year, f.month, f.specialty_code, f.sex,
		sum(m.graduates::integer)::integer,
		sum(m.n10::integer)::integer, sum(m.n11::integer)::integer,
		sum(m.n12::integer)::integer, sum(m.n27::integer)::integer,
		sum(m.n46::integer)::integer, sum(m.n50::integer)::integer,
		sum(m.n51::integer)::integer, sum(m.n70::integer)::integer,
		sum(m.n71::integer)::integer, sum(m.n72::integer)::integer,
		sum(m.n75::integer)::integer, sum(m.n76::integer)::integer,
		sum(m.n80::integer)::integer, sum(m.n85::integer)::integer,
		sum(m.nothing::integer)::integer,
		sum(m.local::integer)::integer,
		sum(m.province::integer)::integer,
		sum(m.answered::integer)::integer,
		sum(m.said_yes::integer)::integer,
		sum(m.computable::integer)::integer,
		sum(m.computed_yes::integer)::integer,
		sum(m.by_declared::integer)::integer,
		sum(m.by_employer::integer)::integer,
		sum(m.by_document::integer)::integer,
		sum(m.by_insurance::integer)::integer
	from graduate_fact f
	cross join lateral graduate_measures(f.code, f.evidence, f.place,
		f.aligned_said, f.aligned_computed, $11::integer, 1) m
	where $12::timestamptz is not null and f.consortium_id = $1::uuid
		and f.year between $3::integer and $4::integer
		and f.from_at <= $12::timestamptz
		and f.to_at > $12::timestamptz
		and ($2::uuid is null or f.school_id = $2::uuid)
	group by f.school_id, f.year, f.month, f.specialty_code, f.sex
), counted as (
	select case when 'school' = any($13::text[]) then g.school_id end
			as school_id,
		case when 'district' = any($13::text[]) then (
			select h.division_code from school h
			where h.consortium_id = $1::uuid
				and h.id = g.school_id) end as district,
		case when 'level' = any($13::text[])
			then specialty_level(g.specialty_code) end as level,
		case when 'specialty' = any($13::text[]) then g.specialty_code
			when 'class' = any($13::text[])
			then left(g.specialty_code, 4)
			when 'category' = any($13::text[])
			then left(g.specialty_code, 2) end as specialty,
		case when 'sex' = any($13::text[]) then g.sex end as sex,
		case when 'month' = any($13::text[]) then g.month end as month,
		case when 'year' = any($13::text[]) then g.year end as year,
		sum(g.graduates) as graduates, sum(g.n10) as n10,
		sum(g.n11) as n11, sum(g.n12) as n12, sum(g.n27) as n27,
		sum(g.n46) as n46, sum(g.n50) as n50, sum(g.n51) as n51,
		sum(g.n70) as n70, sum(g.n71) as n71, sum(g.n72) as n72,
		sum(g.n75) as n75, sum(g.n76) as n76, sum(g.n80) as n80,
		sum(g.n85) as n85, sum(g.nothing) as nothing,
		sum(g.local) as local, sum(g.province) as province,
		sum(g.answered) as answered, sum(g.said_yes) as said_yes,
		sum(g.computable) as computable,
		sum(g.computed_yes) as computed_yes,
		sum(g.by_declared) as by_declared,
		sum(g.by_employer) as by_employer,
		sum(g.by_document) as by_document,
		sum(g.by_insurance) as by_insurance
	from cut g
	where ($2::uuid is null or g.school_id = $2::uuid)
		and ($5::integer is null or g.month = $5::integer)
		and ($6::uuid is null or g.school_id = $6::uuid)
		and ($7::text is null
			or left(g.specialty_code, length($7)) = $7)
		and ($8::text is null
			or specialty_level(g.specialty_code) = $8)
		and ($9::text is null or g.sex = $9)
		and ($10::text is null or $10 = (
			select h.division_code from school h
			where h.consortium_id = $1::uuid
				and h.id = g.school_id))
	group by 1, 2, 3, 4, 5, 6, 7
	having sum(g.graduates) > 0
)
select concat_ws('|', t.school_id, t.district, t.level, t.specialty, t.sex,
		t.month),
	t.year, t.school_id, h.name, t.district, v.name, t.level, t.specialty,
	p.name, t.sex, t.month,
	t.graduates, t.n10, t.n11, t.n12, t.n27, t.n46, t.n50, t.n51, t.n70,
	t.n71, t.n72, t.n75, t.n76, t.n80, t.n85, t.nothing, t.local,
	t.province, t.answered, t.said_yes, t.computable, t.computed_yes,
	t.by_declared, t.by_employer, t.by_document, t.by_insurance
from counted t
left join school h on h.consortium_id = $1::uuid and h.id = t.school_id
left join division v on v.code = t.district
left join specialty_node p on p.code = t.specialty
order by 1, 2
limit $14::integer
