/*
 * demo_demand.c - what the city's enterprises asked for before, and will ask
 * for: the jobs of the last three springs, which are closed, and talent-demand
 * lists from two years ago to three years ahead. Both are made of the postings
 * that are there; electronics, automation and cars grow, textiles and building
 * shrink. It comes last, for nothing else reads it.
 */
#include "commands/demo.h"

#define BY_NOBODY "'00000000-0000-0000-0000-000000000000'"

/* How much more of a code is asked for each year, in hundredths. */
#define GROWTH(code)                                                           \
	"case when left(" code ", 2) in ('31', '51', '71', '46', '66', '26', " \
	"'50', '70') then 9 when left(" code ", 2) in ('48', '68', '44', "     \
	"'64') then -11 else 2 end"

enum { SPRINGS = 3, LISTS_AHEAD = 3 };

/* Every second posting was a job then; pay rises by 4 of 100 a year. */
static bool add_spring(struct demo *d, int years)
{
	return demo_exec(d, arena_print(
		d->mem,
		"insert into posting (consortium_id, id, enterprise_id, kind, "
		"title, description, openings, targets, occupation_code, "
		"division_code, pay_min_fen, pay_max_fen, min_education, "
		"required_skills, preferred_skills, day_minutes, "
		"week_minutes) "
		"select p.consortium_id, "
		"('0%x' || substr(p.id::text, 3))::uuid, p.enterprise_id, "
		"'job', split_part(p.title, '（', 1), "
		"p.description, greatest(1, least(40, 2 * p.openings) "
		"* (100 - %d * (" GROWTH("p.targets[1]") ")) / 100), "
		"p.targets, p.occupation_code, p.division_code, y.pay, "
		"y.pay + 100000, p.min_education, p.required_skills, "
		"p.preferred_skills, 480, 2400 "
		"from posting p cross join lateral (select "
		"(450000 + 15000 * (get_byte(uuid_send(p.id), 12) %% 20)) "
		"* (100 - 4 * %d) / 1000000 * 10000 as pay) y "
		"where p.consortium_id = '%s' and p.state = 'published' "
		"and get_byte(uuid_send(p.id), 15) %% 2 = %d",
		12 - years, years, years, demo_consortium, years % 2));
}

/* They were open for two months, from some day in March or April on. */
static bool close_spring(struct demo *d, int years)
{
	const char *then = arena_print(
		d->mem, "(make_timestamptz(%d, 3, 1, 9, 0, 0, 'Asia/Shanghai') "
		"+ get_byte(uuid_send(id), 13) * interval '5 hours')",
		d->term.school_year - years);
	const char *which = arena_print(
		d->mem, "consortium_id = '%s' and id::text like '0%x%%'",
		demo_consortium, 12 - years);

	return demo_exec(d, arena_print(
		d->mem, "update posting set state = 'published', actor = "
		BY_NOBODY ", published_at = %s, closes_at = %s "
		"+ interval '60 days' where state = 'draft' and %s; "
		"update posting set state = 'closed', actor = " BY_NOBODY
		" where state = 'published' and %s", then, then, which,
		which));
}

/* Of each year two fifths of what open postings ask for, grown or shrunk. */
static bool add_lists(struct demo *d)
{
	const char *years = arena_print(d->mem, "generate_series(%d, %d)",
					d->term.school_year - SPRINGS + 1,
					d->term.school_year + LISTS_AHEAD);

	return demo_exec(d, arena_print(
		d->mem,
		"insert into demand_list (consortium_id, enterprise_id, year, "
		"updated_by) select e.consortium_id, e.id, y, " BY_NOBODY
		" from enterprise e, %s as y where e.consortium_id = '%s' "
		"and e.state = 'verified';"
		"insert into demand (consortium_id, enterprise_id, year, "
		"number, specialty_code, openings) "
		"select g.consortium_id, g.enterprise_id, y, row_number() over "
		"(partition by g.enterprise_id, y order by g.code), g.code, "
		"greatest(1, g.n * (100 + (" GROWTH("g.code") ") * (y - %d)) "
		"/ 100) from (select p.consortium_id, p.enterprise_id, t.code, "
		"sum(p.openings) * 2 / 5 as n from posting p, "
		"unnest(p.targets) as t (code) where p.consortium_id = '%s' "
		"and p.state = 'published' group by 1, 2, 3) g, %s as y",
		years, demo_consortium, d->term.school_year, demo_consortium,
		years));
}

bool demo_add_demand(struct demo *d)
{
	bool is_done = add_lists(d);

	for (int years = 0; is_done && years < SPRINGS; years++)
		is_done = add_spring(d, years);
	for (int years = 0; is_done && years < SPRINGS; years++)
		is_done = close_spring(d, years);
	return is_done;
}
