/* POST /v1/enterprises/{enterprise_id}/post-categories - a kind of post. */
#include "endpoints/post_category_steps.h"

static flow_step find_flaws, make_category, reply_made;

const struct endpoint create_post_category = {
	.operation = "createPostCategory",
	.method = "POST",
	.path = "/v1/enterprises/{enterprise_id}/post-categories",
	.allow = { [ROLE_ENTERPRISE] = SCOPE_OWN },
	.state_bytes = sizeof(struct post_category_path),
	.body = post_category_new_shape,
	.body_bytes = sizeof(struct post_category_new),
	.steps = { find_flaws, make_category, reply_made },
};

static enum flow_next find_flaws(struct flow *f)
{
	struct post_category_path *s = f->state;

	if (!path_enterprise(f, &s->enterprise_id))
		return FLOW_FAIL;
	return find_post_category_flaws(f);
}

static enum flow_next make_category(struct flow *f)
{
	const struct post_category_new *in = f->body;
	struct post_category_path *s = f->state;

	if (!rows_have_no_flaw(f))
		return FLOW_FAIL;
	s->id = uuid_new();
	return tell(f, SQL_POST_CATEGORY_CREATE, P_CONSORTIUM(f), P_ID(&s->id),
		    P_ID(&s->enterprise_id), P_TEXT(in->name),
		    P_TEXT(in->occupation_code), P_INT(in->staff_count),
		    P_TEXT(in->staff_counted_on), P_ACCOUNT(f));
}

static enum flow_next reply_made(struct flow *f)
{
	reply_location(f, "/v1/enterprises/%s/post-categories/%s",
		       path_text(f, "enterprise_id"),
		       rows_text(f->rows, 0, POST_CATEGORY_ID_COLUMN));
	return reply_post_category(f, 201);
}
