/* post_category_steps.c - see post_category_steps.h. */
#include "endpoints/post_category_steps.h"

/* What another request did since the flaws were looked for. */
const struct constraint_flaw post_category_refusals[] = {
	{ "post_category_consortium_id_enterprise_id_name_key", "#/name",
	  "duplicate", "is taken already", "已被使用", FAULT_CONFLICT },
	{ "posting_consortium_id_enterprise_id_post_category_id_fkey", "#",
	  "not-allowed", "postings name this post category",
	  "已有岗位使用此类别", FAULT_CONFLICT },
	{ NULL, NULL, NULL, NULL, NULL, FAULT_NONE }
};

enum flow_next find_owner_of_categories(struct flow *f)
{
	struct post_category_path *s = f->state;

	if (!path_enterprise(f, &s->enterprise_id))
		return FLOW_FAIL;
	return ask_one(f, SQL_ENTERPRISE_OWNED, P_CONSORTIUM(f),
		       P_ID(&s->enterprise_id), P_OWNER(f));
}

enum flow_next find_post_category(struct flow *f)
{
	struct post_category_path *s = f->state;

	if (!path_enterprise(f, &s->enterprise_id) ||
	    !path_uuid(f, "post_category_id", &s->id))
		return FLOW_FAIL;
	return ask_one(f, SQL_POST_CATEGORY_BY_ID, P_CONSORTIUM(f),
		       P_ID(&s->enterprise_id), P_ID(&s->id));
}

enum flow_next find_post_category_flaws(struct flow *f)
{
	const struct post_category_new *in = f->body;
	struct post_category_path *s = f->state;

	explain_constraints(f, post_category_refusals);
	return ask(f, SQL_POST_CATEGORY_FLAWS, P_CONSORTIUM(f),
		   P_ID(&s->enterprise_id), P_UUID(&s->id), P_TEXT(in->name),
		   P_TEXT(in->occupation_code), P_TEXT(in->staff_counted_on));
}

enum flow_next reply_post_category(struct flow *f, int status)
{
	reply_etag(f, rows_int(f->rows, 0, POST_CATEGORY_VERSION_COLUMN));
	post_category_write(reply_json(f, status), f->rows, 0);
	return FLOW_DONE;
}
