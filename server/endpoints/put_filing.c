/*
 * PUT /v1/placements/{placement_id}/filing - the school records the consent of
 * the authority over it, and the filing with the provincial one (rule 1.24).
 */
#include "endpoints/filing_steps.h"

static flow_step put;

const struct endpoint put_filing = {
	.operation = "putFiling",
	.method = "PUT",
	.path = "/v1/placements/{placement_id}/filing",
	.allow = { [ROLE_SCHOOL] = SCOPE_OWN },
	.state_bytes = sizeof(struct placement_at),
	.body = filing_shape,
	.body_bytes = sizeof(struct filing_new),
	.is_transaction = true,
	.steps = { put, find_filing, reply_filing },
};

static const struct constraint_flaw refusals[] = {
	{ "placement_filing_is_whole", "#/filed_with", "inconsistent",
	  "must be given together with filing_number and filed_on",
	  "必须与 filing_number、filed_on 同时填写", FAULT_BAD_BODY },
	{ "placement_filing_after_consent", "#/filed_on", "inconsistent",
	  "must not be before consented_on", "不能早于 consented_on",
	  FAULT_BAD_BODY },
	{ NULL, NULL, NULL, NULL, NULL, FAULT_NONE }
};

static enum flow_next put(struct flow *f)
{
	const struct filing_new *b = f->body;
	struct placement_at *s = f->state;

	if (!path_placement(f))
		return FLOW_FAIL;
	explain_constraints(f, refusals);
	return tell(f, SQL_PLACEMENT_FILING_PUT, P_CONSORTIUM(f),
		    P_UUID(&s->id), P_OWNER(f), P_TEXT(b->consented_by),
		    P_TEXT(b->consent_number), P_TEXT(b->consented_on),
		    P_TEXT(b->filed_with), P_TEXT(b->filing_number),
		    P_TEXT(b->filed_on), P_ACCOUNT(f));
}
