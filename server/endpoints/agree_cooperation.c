/*
 * POST /v1/postings/{posting_id}/cooperation/agree - the school holds the
 * posting with the enterprise, as it stands in the version of If-Match.
 */
#include "endpoints/cooperation_steps.h"

static flow_step agree;

const struct endpoint agree_cooperation = {
	.operation = "agreeCooperation",
	.method = "POST",
	.path = "/v1/postings/{posting_id}/cooperation/agree",
	.allow = { [ROLE_SCHOOL] = SCOPE_OWN },
	.state_bytes = sizeof(struct cooperation_at),
	.is_conditional = true,
	.is_transaction = true,
	.steps = { agree, find_cooperation, reply_cooperation },
};

static enum flow_next agree(struct flow *f)
{
	return move_cooperation(f, "agreed", NULL);
}
