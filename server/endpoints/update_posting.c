/*
 * PATCH /v1/postings/{posting_id} - an enterprise changes its posting. What
 * comes out is weighed as a whole: a public one keeps to the rules.
 */
#include "base/text.h"
#include "endpoints/posting_steps.h"

enum { BODY_MAX_BYTES = 256 * 1024 };

struct change {
	struct uuid id;
};

static flow_step find_posting, change_posting, reply_changed, name_unknown;

const struct endpoint update_posting = {
	.operation = "updatePosting",
	.method = "PATCH",
	.path = "/v1/postings/{posting_id}",
	.allow = { [ROLE_ENTERPRISE] = SCOPE_OWN },
	.state_bytes = sizeof(struct change),
	.body_max_bytes = BODY_MAX_BYTES,
	.body = posting_patch_shape,
	.body_bytes = sizeof(struct posting),
	.is_merge_patch = true,
	.is_conditional = true,
	.steps = { find_posting, change_posting, reply_changed, name_unknown },
};

static enum flow_next find_posting(struct flow *f)
{
	struct change *s = f->state;

	if (!path_uuid(f, "posting_id", &s->id))
		return FLOW_FAIL;
	return ask_one(f, SQL_POSTING_BY_ID, P_CONSORTIUM(f), P_UUID(&s->id),
		       P_OWNER(f));
}

/* The body becomes the posting as it shall be. */
static void merge(struct flow *f, struct posting *old)
{
	fields_from_row(posting_new_shape, old, f->mem,
			(struct row_from){ f->rows, 0, POSTING_FIELDS });
	fields_settle(posting_patch_shape, &f->body_seen, f->body);
	fields_keep(posting_patch_shape, &f->body_seen, f->body, old);
}

static enum flow_next change_posting(struct flow *f)
{
	struct change *s = f->state;
	struct posting *p = f->body, old;
	struct uuid owner = rows_uuid(f->rows, 0, POSTING_ENTERPRISE_ID);
	struct broken_rule rule = { .law = LAW_NONE };

	if (!uuid_same(&owner, &f->actor.owner_id))
		return fail(f, FAULT_NOT_FOUND, "%s", "");
	if (!version_fits(f, rows_int(f->rows, 0, POSTING_VERSION)))
		return FLOW_FAIL;
	merge(f, &old);
	posting_check_whole(p, &f->flaws);
	if (!text_same(rows_text(f->rows, 0, POSTING_STATE), "draft"))
		rule = check_changed_posting(f, p, &old);
	if (f->flaws.count)
		return fail_posting(f, rule);
	return tell_posting(f, &(struct posting_write){
		.sql = SQL_POSTING_CHANGE, .lane = DB_WRITE, .id = &s->id,
		.posting = p, .version = f->if_match });
}

static enum flow_next reply_changed(struct flow *f)
{
	if (rows_count(f->rows) == 0)
		return ask_unknown(f, f->body);
	return reply_posting(f, 200);
}

static enum flow_next name_unknown(struct flow *f)
{
	return fail_unknown(f, FAULT_STALE);
}
