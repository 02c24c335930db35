/*
 * PUT /v1/students/{student_id}/follow-ups/{months} - the graduate says where
 * he is now, or his school enters it and he says the same: from the day on that
 * it is due until the next one is.
 */
#include "endpoints/follow_up_steps.h"

static flow_step put;

const struct endpoint put_follow_up = {
	.operation = "putFollowUp",
	.method = "PUT",
	.path = "/v1/students/{student_id}/follow-ups/{months}",
	.allow = { [ROLE_STUDENT] = SCOPE_OWN, [ROLE_SCHOOL] = SCOPE_OWN },
	.state_bytes = sizeof(struct follow_up_at),
	.body = follow_up_shape,
	.body_bytes = sizeof(struct follow_up_new),
	.is_conditional = true,
	.is_transaction = true,
	.steps = { put, find_follow_up, reply_follow_up },
};

#define UNKNOWN(member_)                                                       \
	"#/" member_, "unknown-code", "is not in the official list",           \
		"不在官方代码表中", FAULT_BAD_BODY

static const struct constraint_flaw refusals[] = {
	{ "follow_up_code_fkey", UNKNOWN("code") },
	{ "follow_up_nature_fkey", UNKNOWN("unit_nature_code") },
	{ "follow_up_industry_fkey", UNKNOWN("industry_code") },
	{ "follow_up_division_fkey", UNKNOWN("division_code") },
	{ "follow_up_occupation_fkey", UNKNOWN("occupation_code") },
	{ "graduate_destination_names_unit", "#/division_code", "required",
	  "this category names the unit and where it is",
	  "该去向类别须填写单位名称和单位所在地", FAULT_BAD_BODY },
	{ "graduate_destination_unplaced_has_none", "#/code", "inconsistent",
	  "who is not placed has no employer, work, pay and start",
	  "未就业的不填写单位、职业、薪酬和入职日期", FAULT_BAD_BODY },
	{ "follow_up_evidence_is_whole", "#/evidence_sha256", "inconsistent",
	  "must be given together with evidence_kind",
	  "必须与 evidence_kind 同时填写", FAULT_BAD_BODY },
	{ NULL, NULL, NULL, NULL, NULL, FAULT_NONE }
};

static struct asked asked_alignment(struct flow *f)
{
	const struct follow_up_new *b = f->body;
	const struct field *shape = follow_up_shape;

	return shape_has(shape, &f->body_seen, "is_aligned") &&
			       !shape_is_null(shape, &f->body_seen,
					      "is_aligned") ?
		       P_BOOL(b->is_aligned) : P_NULL;
}

static enum flow_next put(struct flow *f)
{
	const struct follow_up_new *b = f->body;
	struct follow_up_at *s = f->state;

	if (!path_follow_up(f))
		return FLOW_FAIL;
	explain_constraints(f, refusals);
	return tell(f, SQL_FOLLOW_UP_PUT, P_CONSORTIUM(f), P_UUID(&s->id),
		    P_INT(s->months), P_OWNER(f), P_INT(f->if_match),
		    P_ACCOUNT(f), P_TEXT(b->code), P_TEXT(b->employer_name),
		    P_TEXT(b->employer_uscc), P_TEXT(b->unit_nature_code),
		    P_TEXT(b->industry_code), P_TEXT(b->division_code),
		    P_TEXT(b->occupation_code), P_TEXT(b->pay_band),
		    asked_alignment(f), P_TEXT(b->evidence_kind),
		    P_TEXT(b->evidence_sha256));
}
