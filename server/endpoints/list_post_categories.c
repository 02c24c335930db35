/* GET /v1/enterprises/{enterprise_id}/post-categories - its kinds of posts. */
#include "endpoints/post_category_steps.h"

static flow_step find_categories, reply_categories;

const struct endpoint list_post_categories = {
	.operation = "listPostCategories",
	.method = "GET",
	.path = "/v1/enterprises/{enterprise_id}/post-categories",
	.allow = READERS_OF_AN_ENTERPRISE,
	.state_bytes = sizeof(struct post_category_path),
	.is_paged = true,
	.steps = { find_owner_of_categories, find_categories,
		   reply_categories },
};

static enum flow_next find_categories(struct flow *f)
{
	struct post_category_path *s = f->state;

	return ask(f, SQL_POST_CATEGORIES_LIST, P_CONSORTIUM(f),
		   P_ID(&s->enterprise_id), P_AFTER(f, 0), PAGE_ROWS(f));
}

static enum flow_next reply_categories(struct flow *f)
{
	return reply_page(f, post_category_write, POST_CATEGORY_ID_COLUMN);
}
