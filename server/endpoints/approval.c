/* approval.c - see approval.h. */
#include "endpoints/approval.h"

enum flow_next decide_placement(struct flow *f, const char *reason)
{
	struct placement_at *s = f->state;

	if (!path_placement(f))
		return FLOW_FAIL;
	return tell(f, SQL_PLACEMENT_APPROVE, P_CONSORTIUM(f), P_UUID(&s->id),
		    P_OWNER(f), P_BOOL(!reason), P_TEXT(reason),
		    P_ACCOUNT(f));
}
