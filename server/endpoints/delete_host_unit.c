/* DELETE /v1/schools/{school_id}/host-units/{enterprise_id} - a school takes an
 * enterprise off its list. Who is there already stays. */
#include "endpoints/host_unit_steps.h"

static flow_step delete_unit, reply_deleted;

const struct endpoint delete_host_unit = {
	.operation = "deleteHostUnit",
	.method = "DELETE",
	.path = "/v1/schools/{school_id}/host-units/{enterprise_id}",
	.allow = { [ROLE_SCHOOL] = SCOPE_OWN },
	.state_bytes = sizeof(struct host_unit_at),
	.steps = { delete_unit, reply_deleted },
};

static enum flow_next delete_unit(struct flow *f)
{
	struct host_unit_at *s = f->state;

	if (!path_host_unit(f))
		return FLOW_FAIL;
	return tell_or(f, FAULT_NOT_FOUND, SQL_HOST_UNIT_DELETE,
		       P_CONSORTIUM(f), P_UUID(&s->school_id),
		       P_UUID(&s->enterprise_id));
}

static enum flow_next reply_deleted(struct flow *f)
{
	return reply_empty(f, 204);
}
