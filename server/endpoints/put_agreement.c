/*
 * PUT /v1/placements/{placement_id}/agreement - a new edition of what is to be
 * agreed on. It may leave open what must be said before anybody signs (rule
 * 1.15), but says nothing that rules 1.13 and 1.18 to 1.20 bar. All sign anew.
 */
#include "base/buf.h"
#include "endpoints/agreement_steps.h"
#include "records/fields.h"

static flow_step put_terms;

const struct endpoint put_agreement = {
	.operation = "putAgreement",
	.method = "PUT",
	.path = "/v1/placements/{placement_id}/agreement",
	.allow = { [ROLE_ENTERPRISE] = SCOPE_OWN, [ROLE_SCHOOL] = SCOPE_OWN },
	.state_bytes = sizeof(struct placement_at),
	.body = agreement_terms_shape,
	.body_bytes = sizeof(struct agreement_terms),
	.is_conditional = true,
	.is_transaction = true,
	.steps = { put_terms, find_agreement, reply_agreement },
};

static const struct constraint_flaw refusals[] = {
	{ "agreement_period_in_order", "#/period_end", "inconsistent",
	  "the last day is after the first", "结束日期必须晚于开始日期",
	  FAULT_BAD_BODY },
	{ "agreement_start_is_past", "#/period_start", "not-allowed",
	  "it has started already", "实习已经开始", FAULT_BAD_BODY },
	{ NULL, NULL, NULL, NULL, NULL, FAULT_NONE }
};

/* The terms as they are kept and signed, byte by byte. */
static const char *terms_text(struct flow *f)
{
	struct buf out = { NULL, 0, 0 };
	struct json_writer w;
	const char *text;

	fields_settle(agreement_terms_shape, &f->body_seen, f->body);
	json_begin(&w, &out);
	json_object(&w);
	fields_write(&w, agreement_terms_shape, f->body);
	json_end(&w);
	text = arena_text(f->mem, out.at, out.used);
	buf_close(&out);
	return text;
}

static enum flow_next put_terms(struct flow *f)
{
	struct placement_at *s = f->state;

	if (!path_placement(f))
		return FLOW_FAIL;
	explain_constraints(f, refusals);
	return tell(f, SQL_AGREEMENT_PUT, P_CONSORTIUM(f), P_UUID(&s->id),
		    P_OWNER(f), P_TEXT(terms_text(f)), P_INT(f->if_match),
		    P_ACCOUNT(f));
}
