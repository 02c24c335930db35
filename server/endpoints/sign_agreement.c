/*
 * POST /v1/placements/{placement_id}/agreement/signatures - a party signs the
 * edition whose hash it saw; school or student record that the guardian has.
 * The parties sign in any order, and the last one puts it in force.
 */
#include "base/text.h"
#include "endpoints/agreement_steps.h"
#include "wire/crypto.h"

struct signature_new {
	const char *sha256, *guardian_name, *signed_on;
	bool consent;
};

static const struct field signature_shape[] = {
	CODE(struct signature_new, sha256, SHA256_BYTES * 2, SHA256_BYTES * 2,
	     NULL, REQUIRED | CASED),
	TEXT(struct signature_new, guardian_name, 1, 50,
	     NULLABLE | TRIMMED | ONE_LINE),
	DATE(struct signature_new, signed_on, NULLABLE),
	BOOL(struct signature_new, consent, OPTIONAL),
	END_OF_FIELDS
};

static flow_step sign;

const struct endpoint sign_agreement = {
	.operation = "signAgreement",
	.method = "POST",
	.path = "/v1/placements/{placement_id}/agreement/signatures",
	.allow = PARTIES_OF_PLACEMENTS,
	.state_bytes = sizeof(struct placement_at),
	.body = signature_shape,
	.body_bytes = sizeof(struct signature_new),
	.is_transaction = true,
	.steps = { sign, find_agreement, reply_signed_agreement },
};

static const struct constraint_flaw refusals[] = {
	{ "agreement_signed_as_shown", "#/sha256", "not-allowed",
	  "this is not the agreement as it stands",
	  "协议内容已变更，请重新查看", FAULT_CONFLICT },
	{ "agreement_signature_pkey", "#", "duplicate",
	  "this party has signed it already", "该方已签署此版本",
	  FAULT_CONFLICT },
	{ "agreement_signed_by_today", "#/signed_on", "out-of-range",
	  "must not be after today", "不能晚于今天", FAULT_BAD_BODY },
	{ "placement_one_at_a_time", "#", "not-allowed",
	  "the student has a placement in these days",
	  "该学生在该时段内已有实习安排", FAULT_CONFLICT },
	{ "placement_posting_is_full", "#", "not-allowed",
	  "all openings of the posting are taken", "该岗位名额已满",
	  FAULT_CONFLICT },
	{ NULL, NULL, NULL, NULL, NULL, FAULT_NONE }
};

static void check_signature(struct flow *f)
{
	const struct signature_new *b = f->body;
	uint8_t hash[SHA256_BYTES];

	if (!text_unhex(b->sha256, hash, sizeof(hash)))
		flaws_add(&f->flaws, "#/sha256", "malformed",
			  "is no SHA-256 in hex", "不是十六进制的 SHA-256");
	if (b->guardian_name && f->actor.role == ROLE_ENTERPRISE)
		flaws_add(&f->flaws, "#/guardian_name", "not-allowed",
			  "the student or the school records that",
			  "监护人签署由学生或学校登记");
	if ((b->guardian_name || f->actor.role == ROLE_STUDENT) && !b->consent)
		flaws_add(&f->flaws, "#/consent", "required",
			  "student and guardian sign the form of informed "
			  "consent too", "学生及其监护人须同时签署知情同意书");
}

static enum flow_next sign(struct flow *f)
{
	const struct signature_new *b = f->body;
	struct placement_at *s = f->state;

	if (f->actor.is_key)	/* a system has no hand */
		return fail(f, FAULT_FORBIDDEN, "%s", "no key may do this");
	if (!path_placement(f))
		return FLOW_FAIL;
	check_signature(f);
	if (f->flaws.count)
		return fail_flaws(f);
	explain_constraints(f, refusals);
	return tell(f, SQL_AGREEMENT_SIGN, P_CONSORTIUM(f), P_UUID(&s->id),
		    P_OWNER(f), P_TEXT(b->guardian_name ? "guardian" :
					role_word(f->actor.role)),
		    P_TEXT(b->guardian_name), P_TEXT(b->signed_on),
		    P_TEXT(b->sha256), P_ACCOUNT(f));
}
