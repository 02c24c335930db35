/*
 * GET /v1/rounds/{round_id}/comparisons - those of a round, newest first,
 * without what they say.
 */
#include "endpoints/round_moves.h"
#include "records/comparison.h"
#include "wire/sql.h"

static flow_step find_comparisons, reply_comparisons;

const struct endpoint list_comparisons = {
	.operation = "listComparisons",
	.method = "GET",
	.path = "/v1/rounds/{round_id}/comparisons",
	.allow = { [ROLE_OFFICE] = SCOPE_ALL },
	.state_bytes = sizeof(struct round_move),
	.is_paged = true,
	.steps = { find_round_to_move, find_comparisons, reply_comparisons },
};

static enum flow_next find_comparisons(struct flow *f)
{
	struct round_move *s = f->state;

	return ask(f, SQL_COMPARISONS_LIST, P_CONSORTIUM(f),
		   P_UUID(&s->round_id), P_AFTER(f, 0), PAGE_ROWS(f));
}

static enum flow_next reply_comparisons(struct flow *f)
{
	return reply_page(f, comparison_write, COMPARISON_ID);
}
