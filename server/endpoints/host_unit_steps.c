/* host_unit_steps.c - see host_unit_steps.h. */
#include "endpoints/host_unit_steps.h"

bool path_host_unit(struct flow *f)
{
	struct host_unit_at *s = f->state;

	if (!path_uuid(f, "school_id", &s->school_id) ||
	    !path_uuid(f, "enterprise_id", &s->enterprise_id))
		return false;
	if (uuid_same(&s->school_id, &f->actor.owner_id))
		return true;
	fail(f, FAULT_NOT_FOUND, "%s", "");
	return false;
}
