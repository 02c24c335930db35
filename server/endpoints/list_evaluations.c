/*
 * GET /v1/placements/{placement_id}/evaluations - what both think of each
 * other; neither sees the other's before it has made its own.
 */
#include "endpoints/placement_steps.h"
#include "records/evaluation.h"

static flow_step find_one, find_evaluations, reply_evaluations;

const struct endpoint list_evaluations = {
	.operation = "listEvaluations",
	.method = "GET",
	.path = "/v1/placements/{placement_id}/evaluations",
	.allow = READERS_OF_PLACEMENTS,
	.state_bytes = sizeof(struct placement_at),
	.is_paged = true,
	.steps = { find_one, find_evaluations, reply_evaluations },
};

static enum flow_next find_one(struct flow *f)
{
	if (!path_placement(f))
		return FLOW_FAIL;
	return find_placement(f);
}

static enum flow_next find_evaluations(struct flow *f)
{
	struct placement_at *s = f->state;

	return ask(f, SQL_EVALUATIONS_OF_PLACEMENT, P_CONSORTIUM(f),
		   P_UUID(&s->id), P_OWNER(f), P_AFTER(f, 0), PAGE_ROWS(f));
}

static enum flow_next reply_evaluations(struct flow *f)
{
	return reply_page(f, evaluation_write, EVALUATION_ID_COLUMN);
}
