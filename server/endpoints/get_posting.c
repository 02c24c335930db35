/* GET /v1/postings/{posting_id} - one posting; a draft for its enterprise. */
#include "endpoints/posting_steps.h"

static flow_step find_posting, reply_found;

const struct endpoint get_posting = {
	.operation = "getPosting",
	.method = "GET",
	.path = "/v1/postings/{posting_id}",
	.allow = READERS_OF_POSTINGS,
	.steps = { find_posting, reply_found },
};

static enum flow_next find_posting(struct flow *f)
{
	struct uuid id;

	if (!path_uuid(f, "posting_id", &id))
		return FLOW_FAIL;
	return ask_one(f, SQL_POSTING_BY_ID, P_CONSORTIUM(f), P_UUID(&id),
		       P_UUID(&f->actor.owner_id));
}

static enum flow_next reply_found(struct flow *f)
{
	return reply_posting(f, 200);
}
