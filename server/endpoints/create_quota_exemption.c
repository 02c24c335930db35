/*
 * POST /v1/quota-exemptions - for some days an enterprise has a floor or caps
 * other than the policy's.
 */
#include "endpoints/quota_exemption_steps.h"

enum { DAYS_MAX = 1096 };	/* three years */

static flow_step find_flaws, make_exemption, reply_made;

const struct endpoint create_quota_exemption = {
	.operation = "createQuotaExemption",
	.method = "POST",
	.path = "/v1/quota-exemptions",
	.allow = { [ROLE_OFFICE] = SCOPE_ALL },
	.state_bytes = sizeof(struct quota_exemption_at),
	.body = quota_exemption_new_shape,
	.body_bytes = sizeof(struct quota_exemption_new),
	.is_transaction = true,
	.steps = { find_flaws, make_exemption, find_exemption,
		   reply_made },
};

static const struct constraint_flaw refusals[] = {
	{ "quota_override_one_at_a_time", "#/starts_on", "duplicate",
	  "the enterprise has another exemption on one of these days",
	  "该企业在其中某天已有另一项豁免", FAULT_CONFLICT },
	{ NULL, NULL, NULL, NULL, NULL, FAULT_NONE }
};

static enum flow_next find_flaws(struct flow *f)
{
	const struct quota_exemption_new *e = f->body;

	quota_exemption_check(e, &f->body_seen, &f->flaws);
	return ask(f, SQL_QUOTA_EXEMPTION_FLAWS, P_CONSORTIUM(f),
		   P_ID(&e->enterprise_id), P_TEXT(e->starts_on),
		   P_TEXT(e->ends_on), P_INT(DAYS_MAX));
}

static void take_flaws(struct flow *f)
{
	if (!rows_bool(f->rows, 0, 0))
		flaws_add(&f->flaws, "#/enterprise_id", "not-found",
			  "is no enterprise here", "没有这个企业");
	if (rows_bool(f->rows, 0, 1))
		flaws_add(&f->flaws, "#/starts_on", "out-of-range",
			  "must not be past", "不能早于今天");
	if (rows_bool(f->rows, 0, 2))
		flaws_add(&f->flaws, "#/ends_on", "inconsistent",
			  "must not be before starts_on",
			  "不能早于 starts_on");
	if (rows_bool(f->rows, 0, 3))
		flaws_add(&f->flaws, "#/ends_on", "out-of-range",
			  "must be within three years of starts_on",
			  "须在 starts_on 之后三年之内");
}

static enum flow_next make_exemption(struct flow *f)
{
	const struct quota_exemption_new *e = f->body;
	struct quota_exemption_at *s = f->state;

	take_flaws(f);
	if (f->flaws.count)
		return fail_flaws(f);
	s->id = uuid_new();
	explain_constraints(f, refusals);
	return tell(f, SQL_QUOTA_EXEMPTION_CREATE, P_CONSORTIUM(f),
		    P_ID(&s->id), P_ID(&e->enterprise_id),
		    patched_int(f, "floor_mille", e->floor_mille),
		    patched_int(f, "staff_cap_mille", e->staff_cap_mille),
		    patched_int(f, "post_category_cap_mille",
				e->post_category_cap_mille),
		    P_TEXT(e->reason), P_TEXT(e->starts_on),
		    P_TEXT(e->ends_on), P_ACCOUNT(f));
}

static enum flow_next reply_made(struct flow *f)
{
	reply_location(f, "/v1/quota-exemptions/%s",
		       rows_text(f->rows, 0, QUOTA_EXEMPTION_ID_COLUMN));
	return reply_exemption(f, 201);
}
