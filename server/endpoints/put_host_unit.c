/*
 * PUT /v1/schools/{school_id}/host-units/{enterprise_id} - a school puts an
 * enterprise on its list: decided, published, and looked at (rules 1.25, 1.26).
 */
#include "endpoints/host_unit_steps.h"
#include "records/host_unit.h"

static flow_step put_unit, reply_put;

const struct endpoint put_host_unit = {
	.operation = "putHostUnit",
	.method = "PUT",
	.path = "/v1/schools/{school_id}/host-units/{enterprise_id}",
	.allow = { [ROLE_SCHOOL] = SCOPE_OWN },
	.state_bytes = sizeof(struct host_unit_at),
	.body = host_unit_shape,
	.body_bytes = sizeof(struct host_unit_new),
	.steps = { put_unit, reply_put },
};

static const struct constraint_flaw refusals[] = {
	{ "host_unit_published_after_decision", "#/published_on",
	  "inconsistent", "must not be before decided_on",
	  "不能早于 decided_on", FAULT_BAD_BODY },
	{ "host_unit_visit_is_reported", "#/visit_report", "inconsistent",
	  "must be given together with its counterpart",
	  "必须与对应的另一项同时填写", FAULT_BAD_BODY },
	{ NULL, NULL, NULL, NULL, NULL, FAULT_NONE }
};

static enum flow_next put_unit(struct flow *f)
{
	const struct host_unit_new *b = f->body;
	struct host_unit_at *s = f->state;
	struct uuid id = uuid_new();

	if (!path_host_unit(f))
		return FLOW_FAIL;
	explain_constraints(f, refusals);
	return tell_or(f, FAULT_NOT_FOUND, SQL_HOST_UNIT_PUT, P_CONSORTIUM(f),
		       P_UUID(&s->school_id), P_UUID(&s->enterprise_id),
		       P_UUID(&id), P_TEXT(b->decided_on),
		       P_TEXT(b->published_on), P_TEXT(b->published_at),
		       P_TEXT(b->visited_on), P_TEXT(b->visit_report),
		       P_BOOL(b->is_honest), P_BOOL(b->is_safe),
		       P_BOOL(b->is_equipped), P_ACCOUNT(f));
}

static enum flow_next reply_put(struct flow *f)
{
	reply_etag(f, rows_int(f->rows, 0, HOST_UNIT_VERSION_COLUMN));
	host_unit_write(reply_json(f, 200), f->rows, 0);
	return FLOW_DONE;
}
