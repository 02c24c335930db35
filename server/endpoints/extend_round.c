/*
 * POST /v1/rounds/{round_id}/extend - an open round lasts longer: said before
 * its end as it was announced, and only ever later.
 */
#include <stddef.h>

#include "endpoints/round_moves.h"
#include "records/round.h"
#include "wire/sql.h"

struct extension {
	const char *closes_at, *reason;
};

static const struct field extension_shape[] = {
	TIME(struct extension, closes_at, REQUIRED),
	TEXT(struct extension, reason, 1, 500, REQUIRED | TRIMMED),
	END_OF_FIELDS
};

static flow_step extend;

const struct endpoint extend_round = {
	.operation = "extendRound",
	.method = "POST",
	.path = "/v1/rounds/{round_id}/extend",
	.allow = { [ROLE_OFFICE] = SCOPE_ALL },
	.state_bytes = sizeof(struct round_move),
	.body = extension_shape,
	.body_bytes = sizeof(struct extension),
	.steps = { find_round_to_move, extend, find_round_to_move,
		   reply_moved_round },
};

static const struct constraint_flaw refusals[] = {
	{ "round_end_is_later", "#/closes_at", "inconsistent",
	  "must be after the end that is announced", "必须晚于已公布的截止时间",
	  FAULT_BAD_BODY },
	{ "round_window_lasts", "#", "not-allowed",
	  "the time for wishes is over", "志愿填报时间已结束", FAULT_CONFLICT },
	{ "round_period_after_wishes", "#/closes_at", "inconsistent",
	  "must be before the period ends", "必须早于实习结束日期",
	  FAULT_BAD_BODY },
	{ NULL, NULL, NULL, NULL, NULL, FAULT_NONE }
};

static enum flow_next extend(struct flow *f)
{
	struct round_move *s = f->state;
	const struct extension *b = f->body;

	if (!round_is(f, "open"))
		return FLOW_FAIL;
	explain_constraints(f, refusals);
	return tell(f, SQL_ROUND_EXTEND, P_CONSORTIUM(f), P_UUID(&s->round_id),
		    P_TEXT(b->closes_at), P_TEXT(b->reason), P_ACCOUNT(f));
}
