/*
 * PATCH /v1/enterprises/{enterprise_id}/post-categories/{post_category_id} -
 * as with the enterprise's own, a staff count comes with its day.
 */
#include "endpoints/post_category_steps.h"
#include "endpoints/reasons.h"
#include "endpoints/staff_steps.h"

static flow_step check_change, weigh, keep, change_category, reply_changed;

const struct endpoint update_post_category = {
	.operation = "updatePostCategory",
	.method = "PATCH",
	.path = "/v1/enterprises/{enterprise_id}/post-categories/"
		"{post_category_id}",
	.allow = { [ROLE_ENTERPRISE] = SCOPE_OWN },
	.state_bytes = sizeof(struct post_category_path),
	.body = post_category_patch_shape,
	.body_bytes = sizeof(struct post_category_new),
	.is_merge_patch = true,
	.is_conditional = true,
	.is_transaction = true,
	.steps = { find_post_category, check_change, weigh, keep,
		   change_category, reply_changed },
};

static flow_step *const unweighed[] = { change_category, reply_changed, NULL };

static enum flow_next check_change(struct flow *f)
{
	const struct post_category_new *in = f->body;

	if (!version_fits(f, rows_int(f->rows, 0,
				      POST_CATEGORY_VERSION_COLUMN)))
		return FLOW_FAIL;
	if (!f->body_seen.present)
		return reply_changed(f);
	check_staff_day(f, in->staff_counted_on);
	reasons_given(f, &in->reasons);
	return find_post_category_flaws(f);
}

static struct staff_of staff(struct flow *f)
{
	const struct post_category_new *in = f->body;
	struct post_category_path *s = f->state;

	return (struct staff_of){ .enterprise_id = &s->enterprise_id,
				  .category_id = &s->id,
				  .reasons = &in->reasons };
}

static enum flow_next weigh(struct flow *f)
{
	const struct post_category_new *in = f->body;
	struct staff_of of = staff(f);

	if (!rows_have_no_flaw(f))
		return FLOW_FAIL;
	return shape_has(post_category_patch_shape, &f->body_seen,
			 "staff_count") ?
	       weigh_staff(f, &of, in->staff_count) : climb(f, unweighed);
}

static enum flow_next keep(struct flow *f)
{
	struct staff_of of = staff(f);

	return keep_staff(f, &of);
}

static enum flow_next change_category(struct flow *f)
{
	const struct post_category_new *in = f->body;
	struct post_category_path *s = f->state;
	struct texts cleared = cleared_members(f);

	return tell_or(f, FAULT_STALE, SQL_POST_CATEGORY_UPDATE,
		       P_CONSORTIUM(f), P_ID(&s->enterprise_id), P_ID(&s->id),
		       P_INT(f->if_match), P_ACCOUNT(f), P_TEXTS(&cleared),
		       P_TEXT(in->name), P_TEXT(in->occupation_code),
		       patched_int(f, "staff_count", in->staff_count),
		       P_TEXT(in->staff_counted_on));
}

static enum flow_next reply_changed(struct flow *f)
{
	return reply_post_category(f, 200);
}
