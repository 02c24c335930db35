/* specialty_list_steps.c - see specialty_list_steps.h. */
#include "endpoints/specialty_list_steps.h"

const char *const specialty_outcome_words[] = { "too-few", "restrict",
						"strengthen", "upgrade",
						"none", NULL };

enum flow_next find_specialty_parts(struct flow *f)
{
	const struct specialty_drawing *s = f->state;

	return ask(f, SQL_SPECIALTY_PARTS, P_CONSORTIUM(f),
		   s->year ? P_INT(s->year) : P_NULL,
		   s->policy_version ? P_INT(s->policy_version) : P_NULL,
		   P_INT(MATCH_SPECIALTY_COHORTS),
		   P_INT(MATCH_SPECIALTY_NEXT));
}

/* Where a member stands: in the body, if there is one. */
static const char *where(const struct flow *f, const char *name)
{
	return f->endpoint->body ? arena_print(f->mem, "#/%s", name) : name;
}

static enum flow_next refuse(struct flow *f)
{
	return f->endpoint->body ? fail_flaws(f) :
				   fail(f, FAULT_BAD_PARAMETER, "%s", "");
}

/* The column of specialty_parts.sql behind those of the record. */
enum { IS_OVER_COLUMN = 16 };

enum flow_next find_specialty_demand(struct flow *f)
{
	struct specialty_drawing *s = f->state;

	if (rows_count(f->rows) == 0)
		flaws_add(&f->flaws, where(f, "policy_version"), "not-found",
			  "is no version of the policy", "没有该版本的政策");
	else if (!rows_bool(f->rows, 0, IS_OVER_COLUMN))
		flaws_add(&f->flaws, where(f, "year"), "out-of-range",
			  "is of a cohort that is not told of yet",
			  "该届毕业生去向尚未公布");
	if (f->flaws.count)
		return refuse(f);
	s->parts = specialty_parts_from_rows(f->rows, f->mem);
	return ask(f, SQL_SPECIALTY_DEMAND, P_CONSORTIUM(f),
		   P_INT(s->parts.year), P_INT(MATCH_SPECIALTY_COHORTS),
		   P_INT(MATCH_SPECIALTY_NEXT));
}

static enum flow_next draw(struct flow *f)
{
	struct specialty_drawing *s = f->state;

	s->entries = specialty_entries_make(&s->parts, f->mem);
	return FLOW_NEXT;
}

enum flow_next draw_specialty_lists(struct flow *f)
{
	struct specialty_drawing *s = f->state;

	specialty_parts_add_demand(&s->parts, f->rows, f->mem);
	return ponder(f, draw);
}
