/*
 * PATCH /v1/rounds/{round_id} - the terms of a draft; and whether time opens
 * it.
 */
#include <stddef.h>

#include "endpoints/round_moves.h"
#include "records/round.h"
#include "wire/sql.h"

static flow_step change_round;

const struct endpoint update_round = {
	.operation = "updateRound",
	.method = "PATCH",
	.path = "/v1/rounds/{round_id}",
	.allow = { [ROLE_OFFICE] = SCOPE_ALL },
	.state_bytes = sizeof(struct round_move),
	.body = round_patch_shape,
	.body_bytes = sizeof(struct round_new),
	.is_merge_patch = true,
	.is_conditional = true,
	.steps = { find_round_to_move, change_round, reply_moved_round },
};

static enum flow_next change_round(struct flow *f)
{
	struct round_move *s = f->state;
	const struct round_new *b = f->body;

	if (!version_fits(f, rows_int(f->rows, 0, ROUND_VERSION_COLUMN)) ||
	    !round_is(f, "draft"))
		return FLOW_FAIL;
	if (!f->body_seen.present)
		return reply_moved_round(f);
	explain_constraints(f, round_refusals);
	return tell_or(f, FAULT_STALE, SQL_ROUND_UPDATE, P_CONSORTIUM(f),
		       P_UUID(&s->round_id), P_INT(f->if_match), P_ACCOUNT(f),
		       P_TEXT(b->name), P_TEXT(b->opens_at),
		       P_TEXT(b->closes_at), P_TEXT(b->period_start),
		       P_TEXT(b->period_end),
		       shape_has(round_patch_shape, &f->body_seen,
				 "is_scheduled")
			       ? P_BOOL(b->is_scheduled) : P_NULL);
}
