/*
 * POST /v1/placements/{placement_id}/complete - the school says that the
 * internship is done; before the last day agreed on, with a reason.
 */
#include "endpoints/placement_steps.h"

struct end_of {
	const char *ended_on, *reason;
};

static const struct field end_shape[] = {
	DATE(struct end_of, ended_on, NULLABLE),
	TEXT(struct end_of, reason, 1, 500, NULLABLE | TRIMMED),
	END_OF_FIELDS
};

static flow_step complete;

const struct endpoint complete_placement = {
	.operation = "completePlacement",
	.method = "POST",
	.path = "/v1/placements/{placement_id}/complete",
	.allow = { [ROLE_SCHOOL] = SCOPE_OWN },
	.state_bytes = sizeof(struct placement_at),
	.body = end_shape,
	.body_bytes = sizeof(struct end_of),
	.is_transaction = true,
	.steps = { complete, find_placement, reply_placement },
};

static const struct constraint_flaw refusals[] = {
	{ "placement_ends_in_its_period", "#/ended_on", "out-of-range",
	  "must be from the first day to the last one, and not after today",
	  "必须在开始之日与约定的最后一日之间且不晚于今天", FAULT_BAD_BODY },
	{ "placement_early_end_is_explained", "#/reason", "required",
	  "is required before the last day", "提前结束必须说明理由",
	  FAULT_BAD_BODY },
	{ NULL, NULL, NULL, NULL, NULL, FAULT_NONE }
};

static enum flow_next complete(struct flow *f)
{
	const struct end_of *b = f->body;
	struct placement_at *s = f->state;

	if (!path_placement(f))
		return FLOW_FAIL;
	explain_constraints(f, refusals);
	return tell(f, SQL_PLACEMENT_COMPLETE, P_CONSORTIUM(f), P_UUID(&s->id),
		    P_OWNER(f), P_TEXT(b->ended_on), P_TEXT(b->reason),
		    P_ACCOUNT(f));
}
