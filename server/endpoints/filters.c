/* filters.c - see filters.h. */
#include "endpoints/filters.h"

struct asked asked_truth(const struct flow *f, const char *name, bool truth)
{
	return shape_has(f->endpoint->query, &f->query_seen, name) ?
	       P_BOOL(truth) : P_NULL;
}

enum flow_next find_unknown_filters(struct flow *f,
				    const struct filters *filters)
{
	if (!filters->division_code && !filters->specialty &&
	    uuid_is_nil(&filters->school_id))
		return FLOW_NEXT;
	return ask(f, SQL_FILTERS_UNKNOWN, P_CONSORTIUM(f),
		   P_TEXT(filters->division_code), P_TEXT(filters->specialty),
		   P_UUID(&filters->school_id));
}

bool filters_are_known(struct flow *f)
{
	int unknown = f->rows ? rows_count(f->rows) : 0;

	for (int i = 0; i < unknown; i++)
		flaws_add(&f->flaws, rows_text(f->rows, i, 0), "unknown-code",
			  "is not known here", "没有这个值");
	if (unknown)
		(void)fail(f, FAULT_BAD_PARAMETER, "%s", "");
	return unknown == 0;
}
