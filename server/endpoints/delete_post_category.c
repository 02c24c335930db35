/*
 * DELETE /v1/enterprises/{enterprise_id}/post-categories/{post_category_id} -
 * unless postings name it: the history of caps hangs on it.
 */
#include "endpoints/post_category_steps.h"

static flow_step delete_category, reply_deleted;

const struct endpoint delete_post_category = {
	.operation = "deletePostCategory",
	.method = "DELETE",
	.path = "/v1/enterprises/{enterprise_id}/post-categories/"
		"{post_category_id}",
	.allow = { [ROLE_ENTERPRISE] = SCOPE_OWN },
	.state_bytes = sizeof(struct post_category_path),
	.is_conditional = true,
	.steps = { find_post_category, delete_category, reply_deleted },
};

static enum flow_next delete_category(struct flow *f)
{
	struct post_category_path *s = f->state;

	if (!version_fits(f, rows_int(f->rows, 0,
				      POST_CATEGORY_VERSION_COLUMN)))
		return FLOW_FAIL;
	explain_constraints(f, post_category_refusals);
	return tell_or(f, FAULT_STALE, SQL_POST_CATEGORY_DELETE,
		       P_CONSORTIUM(f), P_ID(&s->enterprise_id), P_ID(&s->id),
		       P_INT(f->if_match));
}

static enum flow_next reply_deleted(struct flow *f)
{
	return reply_empty(f, 204);
}
