/*
 * PATCH /v1/enterprises/{enterprise_id} - an enterprise mends what it said of
 * itself. A staff count comes with its day: caps and floors hang on it.
 */
#include "endpoints/enterprise_steps.h"
#include "endpoints/reasons.h"
#include "endpoints/staff_steps.h"

static flow_step find_own, check_change, weigh, keep, change_enterprise,
	reply_changed;

const struct endpoint update_enterprise = {
	.operation = "updateEnterprise",
	.method = "PATCH",
	.path = "/v1/enterprises/{enterprise_id}",
	.allow = { [ROLE_ENTERPRISE] = SCOPE_OWN },
	.body = enterprise_patch_shape,
	.body_bytes = sizeof(struct enterprise_new),
	.is_merge_patch = true,
	.is_conditional = true,
	.is_transaction = true,
	.steps = { find_own, check_change, weigh, keep, change_enterprise,
		   reply_changed },
};

static flow_step *const unweighed[] = { change_enterprise, reply_changed,
					NULL };

static enum flow_next find_own(struct flow *f)
{
	struct uuid id;

	return path_enterprise(f, &id) ? find_enterprise(f) : FLOW_FAIL;
}

static enum flow_next check_change(struct flow *f)
{
	const struct enterprise_new *in = f->body;

	if (!version_fits(f, rows_int(f->rows, 0, ENTERPRISE_VERSION_COLUMN)))
		return FLOW_FAIL;
	if (!f->body_seen.present)
		return reply_changed(f);
	check_staff_day(f, in->staff_counted_on);
	reasons_given(f, &in->reasons);
	return ask(f, SQL_ENTERPRISE_FLAWS, P_CONSORTIUM(f), P_NULL, P_NULL,
		   P_NULL, P_TEXT(in->industry_code),
		   P_TEXT(in->division_code), P_TEXT(in->unit_nature_code),
		   P_TEXT(in->staff_counted_on));
}

static struct staff_of staff(struct flow *f)
{
	const struct enterprise_new *in = f->body;

	return (struct staff_of){ .enterprise_id = &f->actor.owner_id,
				  .reasons = &in->reasons };
}

static enum flow_next weigh(struct flow *f)
{
	const struct enterprise_new *in = f->body;
	struct staff_of of = staff(f);

	if (!rows_have_no_flaw(f))
		return FLOW_FAIL;
	return shape_has(enterprise_patch_shape, &f->body_seen,
			 "staff_count") ?
	       weigh_staff(f, &of, in->staff_count) : climb(f, unweighed);
}

static enum flow_next keep(struct flow *f)
{
	struct staff_of of = staff(f);

	return keep_staff(f, &of);
}

static enum flow_next change_enterprise(struct flow *f)
{
	const struct enterprise_new *in = f->body;
	struct texts cleared = cleared_members(f);

	return tell_or(f, FAULT_STALE, SQL_ENTERPRISE_UPDATE, P_CONSORTIUM(f),
		       P_OWNER(f), P_INT(f->if_match), P_ACCOUNT(f),
		       P_TEXTS(&cleared), P_TEXT(in->name),
		       P_TEXT(in->industry_code), P_TEXT(in->division_code),
		       P_TEXT(in->unit_nature_code), P_TEXT(in->address),
		       patched_int(f, "staff_count", in->staff_count),
		       P_TEXT(in->staff_counted_on),
		       patched_bool(f, "postings_are_public",
				    in->postings_are_public));
}

static enum flow_next reply_changed(struct flow *f)
{
	return reply_enterprise(f, 200);
}
