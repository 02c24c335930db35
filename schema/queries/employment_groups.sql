-- Graduates and where they went, counted by what is asked for, live or as they
-- were at a moment; the columns are those of records/employment.h. Groups that
-- differ in their year alone stand behind each other, the earlier first.
-- $1 consortium, $2 school that owns or null, $3 first and $4 last year, $5
-- month, $6 school, $7 specialty, class or category, $8 level, $9 sex, $10 the
-- schools' division, each or null, $11 least evidence, 0..4, $12 moment or
-- null, $13 the dimensions, $14 what is to be told apart: `place`, `sex`,
-- `month`, or `cell` of the school that owns, $15 how many at most
select concat_ws('|', t.school_id, t.district, t.level, t.specialty, t.sex,
		t.month) collate "C",
	t.year, t.school_id, h.name, t.district, v.name, t.level, t.specialty,
	p.name, t.sex, t.month,
	t.graduates, t.n10, t.n11, t.n12, t.n27, t.n46, t.n50, t.n51, t.n70,
	t.n71, t.n72, t.n75, t.n76, t.n80, t.n85, t.nothing, t.local,
	t.province, t.answered, t.said_yes, t.computable, t.computed_yes,
	t.by_declared, t.by_employer, t.by_document, t.by_insurance
from employment_groups($1::uuid, $2::uuid, $3::integer, $4::integer,
	$5::integer, $6::uuid, $7::text, $8::text, $9::text, $10::text,
	$11::integer, $12::timestamptz, $13::text[], $14::text) t
left join school h on h.consortium_id = $1::uuid and h.id = t.school_id
left join division v on v.code = t.district
left join specialty_node p on p.code = t.specialty
order by 1, 2
limit $15::integer
