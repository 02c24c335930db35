/*
 * POST /v1/placements/{placement_id}/start - the school says that the
 * internship has begun: not without a signed agreement, consents and insurance
 * (rules 1.14 to 1.18, 1.28), nor against rules 1.4 and 1.5 on its first day.
 */
#include "endpoints/placement_steps.h"

struct start_of {
	const char *started_on;
};

static const struct field start_shape[] = {
	DATE(struct start_of, started_on, NULLABLE),
	END_OF_FIELDS
};

static flow_step start;

const struct endpoint start_placement = {
	.operation = "startPlacement",
	.method = "POST",
	.path = "/v1/placements/{placement_id}/start",
	.allow = { [ROLE_SCHOOL] = SCOPE_OWN },
	.state_bytes = sizeof(struct placement_at),
	.body = start_shape,
	.body_bytes = sizeof(struct start_of),
	.is_transaction = true,
	.steps = { start, find_placement, reply_placement },
};

static const struct constraint_flaw refusals[] = {
	{ "placement_starts_in_its_period", "#/started_on", "out-of-range",
	  "must be a day of the period, and not after today",
	  "必须在实习期内且不晚于今天", FAULT_BAD_BODY },
	{ NULL, NULL, NULL, NULL, NULL, FAULT_NONE }
};

static enum flow_next start(struct flow *f)
{
	const struct start_of *b = f->body;
	struct placement_at *s = f->state;

	if (!path_placement(f))
		return FLOW_FAIL;
	explain_constraints(f, refusals);
	return tell(f, SQL_PLACEMENT_START, P_CONSORTIUM(f), P_UUID(&s->id),
		    P_OWNER(f), P_TEXT(b->started_on), P_ACCOUNT(f));
}
