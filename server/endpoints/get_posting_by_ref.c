/*
 * GET /v1/postings/by-ref/{ref_system}/{ref} - an enterprise's posting by the
 * name that the enterprise's own system gave it.
 */
#include "endpoints/posting_steps.h"

static flow_step find_by_ref, reply_found;

const struct endpoint get_posting_by_ref = {
	.operation = "getPostingByRef",
	.method = "GET",
	.path = "/v1/postings/by-ref/{ref_system}/{ref}",
	.allow = { [ROLE_ENTERPRISE] = SCOPE_OWN },
	.steps = { find_by_ref, reply_found },
};

static enum flow_next find_by_ref(struct flow *f)
{
	return ask_one(f, SQL_POSTING_BY_REF, P_CONSORTIUM(f), P_OWNER(f),
		       P_TEXT(path_text(f, "ref_system")),
		       P_TEXT(path_text(f, "ref")));
}

static enum flow_next reply_found(struct flow *f)
{
	return reply_posting(f, 200);
}
