/*
 * POST /v1/placements/{placement_id}/agreement/withdrawals - student or
 * guardian take their consent back (rule 1.16): what has not started does not
 * start before all have signed another edition, what has started is over.
 */
#include "base/text.h"
#include "endpoints/agreement_steps.h"

struct withdrawal_new {
	const char *party, *reason;
};

static const char *const party_words[] = { "student", "guardian", NULL };

static const struct field withdrawal_shape[] = {
	ENUM(struct withdrawal_new, party, party_words, REQUIRED),
	TEXT(struct withdrawal_new, reason, 1, 500, REQUIRED | TRIMMED),
	END_OF_FIELDS
};

static flow_step withdraw;

const struct endpoint withdraw_consent = {
	.operation = "withdrawConsent",
	.method = "POST",
	.path = "/v1/placements/{placement_id}/agreement/withdrawals",
	.allow = { [ROLE_STUDENT] = SCOPE_OWN, [ROLE_SCHOOL] = SCOPE_OWN },
	.state_bytes = sizeof(struct placement_at),
	.body = withdrawal_shape,
	.body_bytes = sizeof(struct withdrawal_new),
	.is_transaction = true,
	.steps = { withdraw, find_agreement, reply_signed_agreement },
};

static const struct constraint_flaw refusals[] = {
	{ "agreement_withdrawal_pkey", "#/party", "duplicate",
	  "this consent is taken back already", "该同意已被撤回",
	  FAULT_CONFLICT },
	{ NULL, NULL, NULL, NULL, NULL, FAULT_NONE }
};

static enum flow_next withdraw(struct flow *f)
{
	const struct withdrawal_new *b = f->body;
	struct placement_at *s = f->state;

	if (f->actor.is_key)	/* as for a signature */
		return fail(f, FAULT_FORBIDDEN, "%s", "no key may do this");
	if (!path_placement(f))
		return FLOW_FAIL;
	if (f->actor.role == ROLE_SCHOOL && text_same(b->party, "student")) {
		flaws_add(&f->flaws, "#/party", "not-allowed",
			  "students speak for themselves", "须由学生本人撤回");
		return fail_flaws(f);
	}
	explain_constraints(f, refusals);
	return tell(f, SQL_CONSENT_WITHDRAW, P_CONSORTIUM(f), P_UUID(&s->id),
		    P_OWNER(f), P_TEXT(b->party), P_TEXT(b->reason),
		    P_ACCOUNT(f));
}
