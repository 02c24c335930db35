/*
 * GET /v1/placements/{placement_id}/agreement - what is agreed, who signed it,
 * and what it does not say yet; an older edition where one is named.
 */
#include "endpoints/agreement_steps.h"

struct agreement_query {
	int64_t edition;
};

enum { EDITION_MAX = 1000000 };

static const struct field query_shape[] = {
	INT(struct agreement_query, edition, 1, EDITION_MAX, OPTIONAL),
	END_OF_FIELDS
};

static flow_step find_edition;

const struct endpoint get_agreement = {
	.operation = "getAgreement",
	.method = "GET",
	.path = "/v1/placements/{placement_id}/agreement",
	.allow = READERS_OF_PLACEMENTS,
	.state_bytes = sizeof(struct placement_at),
	.query = query_shape,
	.query_bytes = sizeof(struct agreement_query),
	.steps = { find_edition, reply_agreement },
};

static enum flow_next find_edition(struct flow *f)
{
	const struct agreement_query *q = f->query;

	if (!path_placement(f))
		return FLOW_FAIL;
	return ask_agreement(f, q->edition);
}
