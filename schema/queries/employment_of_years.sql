-- Where the graduates of a consortium went, year by year, the earlier first:
-- year, graduates, placed, employed, local, and of the employed who says that
-- the work fits and who said either, whose work fits as computed and of whom
-- that can be computed (docs/rules.md 4.1, 4.6, 4.7).
-- $1 consortium, $2 first and $3 last year
with cut as (
	select t.year, t.graduates, t.n10 + t.n11 + t.n12 + t.n27 + t.n46
			+ t.n50 + t.n51 + t.n75 + t.n76 as employed,
		t.n80 + t.n85 as studying, t.local, t.answered, t.said_yes,
		t.computable, t.computed_yes
	from graduate_sum t
	where t.consortium_id = $1::uuid and t.proof = 0
		and t.year between $2::integer and $3::integer
	union all
	select g.year, m.graduates, m.n10 + m.n11 + m.n12 + m.n27 + m.n46
			+ m.n50 + m.n51 + m.n75 + m.n76, m.n80 + m.n85,
		m.local, m.answered, m.said_yes, m.computable, m.computed_yes
	from graduate_count g
	cross join lateral graduate_measures(g.code, g.evidence, g.place,
		g.aligned_said, g.aligned_computed, 0, g.n) m
	where g.consortium_id = $1::uuid
		and g.year between $2::integer and $3::integer
)
select c.year, sum(c.graduates), sum(c.employed + c.studying), sum(c.employed),
	sum(c.local), sum(c.said_yes), sum(c.answered), sum(c.computed_yes),
	sum(c.computable)
from cut c
group by c.year
having sum(c.graduates) > 0
order by c.year
