/*
 * GET /v1/postings/{posting_id}/preferences - the students that the enterprise
 * would have, best first, by pseudonyms.
 */
#include <stddef.h>

#include "endpoints/posting_preferences.h"

static flow_step find_of_round;

struct ranking_query {
	struct uuid round_id;
};

static const struct field query_shape[] = {
	UUID(struct ranking_query, round_id, REQUIRED),
	END_OF_FIELDS
};

const struct endpoint get_posting_preferences = {
	.operation = "getPostingPreferences",
	.method = "GET",
	.path = "/v1/postings/{posting_id}/preferences",
	.allow = { [ROLE_ENTERPRISE] = SCOPE_OWN, [ROLE_OFFICE] = SCOPE_ALL },
	.state_bytes = sizeof(struct posting_preferences),
	.query = query_shape,
	.query_bytes = sizeof(struct ranking_query),
	.steps = { find_ranked_posting, find_of_round,
		   reply_posting_ranking },
};

static enum flow_next find_of_round(struct flow *f)
{
	const struct ranking_query *q = f->query;
	struct posting_preferences *s = f->state;

	s->round_id = q->round_id;
	return find_posting_ranking(f);
}
