/* GET /v1/enterprises/{enterprise_id}/post-categories/{post_category_id} */
#include "endpoints/post_category_steps.h"

static flow_step reply_found;

const struct endpoint get_post_category = {
	.operation = "getPostCategory",
	.method = "GET",
	.path = "/v1/enterprises/{enterprise_id}/post-categories/"
		"{post_category_id}",
	.allow = READERS_OF_AN_ENTERPRISE,
	.state_bytes = sizeof(struct post_category_path),
	.steps = { find_post_category, reply_found },
};

static enum flow_next reply_found(struct flow *f)
{
	return reply_post_category(f, 200);
}
