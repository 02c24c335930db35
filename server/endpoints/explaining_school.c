/* explaining_school.c - see explaining_school.h. */
#include "endpoints/explaining_school.h"

#include "wire/sql.h"

enum flow_next find_school_to_explain(struct flow *f)
{
	struct explaining_school *s = f->state;

	if (!path_uuid(f, "school_id", &s->school_id))
		return FLOW_FAIL;
	if (f->actor.scope == SCOPE_OWN &&
	    !uuid_same(&s->school_id, &f->actor.owner_id))
		return fail(f, FAULT_NOT_FOUND, "%s", "");
	return ask_one(f, SQL_SCHOOL_BY_ID, P_CONSORTIUM(f),
		       P_ID(&s->school_id));
}
