/*
 * demo_lists.c - two editions of the three lists, drawn up by the service's own
 * rule: one published, of which the office decided something otherwise, and one
 * open to comments, with a school's appeal. Graduates and demand are there.
 */
#include "base/text.h"
#include "commands/demo.h"
#include "records/specialty_list.h"

#define BY_NOBODY "'00000000-0000-0000-0000-000000000000'"

static bool find_parts(struct demo *d, struct specialty_parts *parts,
		       char year[21])
{
	static const char back[] = "6", ahead[] = "2";
	struct rows *rows = SYNC_ASK(d->s, &d->fault, SQL_SPECIALTY_PARTS,
				     demo_consortium, NULL, NULL, back, ahead);

	if (!rows)
		return false;
	*parts = specialty_parts_from_rows(rows, d->mem);
	rows_release(rows);
	text_put_count(year, (uint64_t)parts->year);
	rows = SYNC_ASK(d->s, &d->fault, SQL_SPECIALTY_DEMAND,
			demo_consortium, year, back, ahead);
	if (!rows)
		return false;
	specialty_parts_add_demand(parts, rows, d->mem);
	rows_release(rows);
	return true;
}

/* The same edition twice: nothing changed in between. */
static bool draw(struct demo *d)
{
	static const char *const names[] = { "专业清单（第一版）",
					     "专业清单（第二版）" };
	struct specialty_parts parts;
	struct specialty_entries entries;
	char year[21], id[UUID_TEXT_BYTES];

	if (!find_parts(d, &parts, year))
		return false;
	entries = specialty_entries_make(&parts, d->mem);
	for (uint32_t i = 0; i < COUNT_OF(names); i++) {
		struct rows *rows = SYNC_ASK(
			d->s, &d->fault, SQL_SPECIALTY_LIST_CREATE,
			demo_consortium, demo_id(DEMO_LIST, i, id), names[i],
			year, "1", specialty_rule_text(&parts.terms, d->mem),
			specialty_entries_text(&parts, &entries, d->mem),
			"00000000-0000-0000-0000-000000000000");

		if (!rows)
			return false;
		rows_release(rows);
	}
	return true;
}

static bool move(struct demo *d, uint32_t number, const char *state,
		 const char *also)
{
	char id[UUID_TEXT_BYTES];

	return demo_exec(d, arena_print(
		d->mem, "update specialty_list set state = '%s', actor = "
		BY_NOBODY "%s where consortium_id = '%s' and id = '%s'",
		state, also, demo_consortium,
		demo_id(DEMO_LIST, number, id)));
}

/* The largest of those that the rule would upgrade is strengthened. */
static bool depart(struct demo *d)
{
	char id[UUID_TEXT_BYTES];

	return demo_exec(d, arena_print(
		d->mem, "select decide_specialty_entry(e.consortium_id, "
		"e.list_id, e.id, 'strengthen', "
		"'市重点产业急需，已列入明年建设计划', "
		BY_NOBODY ", null) from specialty_entry e "
		"where e.consortium_id = '%s' and e.list_id = '%s' "
		"and e.school_id is null and e.outcome = 'upgrade' "
		"order by e.graduates desc, e.specialty_code limit 1",
		demo_consortium, demo_id(DEMO_LIST, 0, id)));
}

/* Of what the rule would have restricted, or else upgraded. */
static bool appeal(struct demo *d)
{
	char id[UUID_TEXT_BYTES], said[UUID_TEXT_BYTES];

	return demo_exec(d, arena_print(
		d->mem, "insert into specialty_appeal (consortium_id, id, "
		"list_id, entry_id, school_id, asks, text) "
		"select e.consortium_id, '%s', e.list_id, e.id, "
		"e.school_id, 'none', "
		"'两家新建企业明年投产，已签订订单培养协议' "
		"from specialty_entry e where e.consortium_id = '%s' "
		"and e.list_id = '%s' and e.school_id is not null "
		"and e.outcome in ('restrict', 'upgrade') "
		"order by e.outcome, e.graduates desc, e.specialty_code, "
		"e.school_id limit 1", demo_id(DEMO_LIST, 2, said),
		demo_consortium, demo_id(DEMO_LIST, 1, id)));
}

bool demo_add_lists(struct demo *d)
{
	return draw(d) &&
	       move(d, 0, "comment", ", comments_by = now()") && depart(d) &&
	       move(d, 0, "decided", "") &&
	       move(d, 0, "published", ", published_at = now()") &&
	       move(d, 1, "comment",
		    ", comments_by = now() + interval '14 days'") &&
	       appeal(d);
}
