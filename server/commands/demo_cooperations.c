/*
 * demo_cooperations.c - each order class and apprenticeship is held with a
 * school that teaches what it asks for. Students are there already.
 */
#include "commands/demo.h"

#define BY_NOBODY "'00000000-0000-0000-0000-000000000000'"

/* The school and specialty that fit best; of several, the ids shuffle. */
static bool choose(struct demo *d)
{
	return demo_exec(d, arena_print(
		d->mem,
		"create temporary table held on commit drop as "
		"select p.id, p.kind, c.* from posting p "
		"cross join lateral (select s.school_id, s.specialty_code, "
		"max(s.entry_year) as entry_year, count(*) as students "
		"from student s where s.consortium_id = p.consortium_id "
		"group by 1, 2 "
		"order by bool_or(exists (select from unnest(p.targets) t "
		"where starts_with(s.specialty_code, t))) desc, "
		"bool_or(exists (select from unnest(p.targets) t "
		"where left(t, 2)::int %% 20 "
		"= left(s.specialty_code, 2)::int %% 20)) desc, "
		"md5(p.id::text || s.school_id::text || s.specialty_code) "
		"limit 1) c "
		"where p.consortium_id = '%s' "
		"and p.kind in ('apprenticeship', 'order_class')",
		demo_consortium));
}

/* What is for the students of one specialty asks for no other, nor for a
 * level that they do not have. */
static bool aim(struct demo *d)
{
	return demo_exec(d, arena_print(
		d->mem,
		"update posting p set targets = array[h.specialty_code], "
		"min_education = specialty_level(h.specialty_code), "
		"actor = " BY_NOBODY " from held h "
		"where p.consortium_id = '%s' and p.id = h.id",
		demo_consortium));
}

static bool propose(struct demo *d)
{
	return demo_exec(d, arena_print(
		d->mem,
		"insert into cooperation (consortium_id, id, school_id, "
		"specialty_code, entry_year, cohort_size, enterprise_mentor, "
		"school_mentor, contract_form) "
		"select '%s', id, school_id, specialty_code, "
		"case kind when 'order_class' then entry_year end, "
		"case kind when 'order_class' then least(students, 40) end, "
		"case kind when 'apprenticeship' then '车间带教师傅' end, "
		"case kind when 'apprenticeship' then '专业课教师' end, "
		"case kind when 'apprenticeship' then 'training_agreement' end "
		"from held", demo_consortium));
}

static bool agree(struct demo *d)
{
	return demo_exec(d, arena_print(
		d->mem, "update cooperation set state = 'agreed', "
		"actor = " BY_NOBODY " where consortium_id = '%s'",
		demo_consortium));
}

bool demo_add_cooperations(struct demo *d)
{
	return choose(d) && aim(d) && propose(d) && agree(d) &&
	       demo_publish(d, "apprenticeship", "order_class");
}
