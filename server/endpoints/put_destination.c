/*
 * PUT /v1/students/{student_id}/destination - the graduate declares where he
 * went, or his school enters it. What proves an internship proves no
 * employment (rule 4.8), and each category has its own evidence (rule 4.10).
 */
#include "endpoints/destination_steps.h"

static flow_step put;

const struct endpoint put_destination = {
	.operation = "putDestination",
	.method = "PUT",
	.path = "/v1/students/{student_id}/destination",
	.allow = { [ROLE_STUDENT] = SCOPE_OWN, [ROLE_SCHOOL] = SCOPE_OWN },
	.state_bytes = sizeof(struct destination_at),
	.body = graduate_destination_shape,
	.body_bytes = sizeof(struct graduate_destination),
	.is_conditional = true,
	.is_transaction = true,
	.steps = { put, find_destination, reply_destination },
};

#define UNKNOWN(member_)                                                       \
	"#/" member_, "unknown-code", "is not in the official list",           \
		"不在官方代码表中", FAULT_BAD_BODY

static const struct constraint_flaw refusals[] = {
	{ "graduate_destination_code_fkey", UNKNOWN("code") },
	{ "graduate_destination_nature_fkey", UNKNOWN("unit_nature_code") },
	{ "graduate_destination_industry_fkey", UNKNOWN("industry_code") },
	{ "graduate_destination_division_fkey", UNKNOWN("division_code") },
	{ "graduate_destination_occupation_fkey", UNKNOWN("occupation_code") },
	{ "graduate_destination_names_unit", "#/division_code", "required",
	  "this category names the unit and where it is",
	  "该去向类别须填写单位名称和单位所在地", FAULT_BAD_BODY },
	{ "graduate_destination_unplaced_has_none", "#/code", "inconsistent",
	  "who is not placed has no employer, work, pay and start",
	  "未就业的不填写单位、职业、薪酬和入职日期", FAULT_BAD_BODY },
	{ "graduate_destination_evidence_is_whole", "#/evidence_sha256",
	  "inconsistent", "must be given together with evidence_kind",
	  "必须与 evidence_kind 同时填写", FAULT_BAD_BODY },
	{ "graduate_destination_asks_somebody", "#/is_employer_asked",
	  "inconsistent", "must be given together with employer_uscc",
	  "必须与 employer_uscc 同时填写", FAULT_BAD_BODY },
	{ "graduate_destination_asks_by_own", "#/is_employer_asked",
	  "not-allowed", "only the graduate lets the employer be asked",
	  "只有毕业生本人可以同意向用人单位核实", FAULT_BAD_BODY },
	{ "graduate_destination_correction_has_reason", "#/reason", "required",
	  "the cohort is frozen: a correction says why",
	  "该届数据已冻结，更正须说明理由", FAULT_BAD_BODY },
	{ NULL, NULL, NULL, NULL, NULL, FAULT_NONE }
};

static struct asked asked_alignment(struct flow *f)
{
	const struct graduate_destination *b = f->body;
	const struct field *shape = graduate_destination_shape;

	return shape_has(shape, &f->body_seen, "is_aligned") &&
			       !shape_is_null(shape, &f->body_seen,
					      "is_aligned") ?
		       P_BOOL(b->is_aligned) : P_NULL;
}

static enum flow_next put(struct flow *f)
{
	const struct graduate_destination *b = f->body;
	struct destination_at *s = f->state;

	if (!path_destination(f))
		return FLOW_FAIL;
	explain_constraints(f, refusals);
	return tell(f, SQL_DESTINATION_PUT, P_CONSORTIUM(f), P_UUID(&s->id),
		    P_OWNER(f), P_INT(f->if_match), P_ACCOUNT(f),
		    P_TEXT(b->code), P_TEXT(b->employer_name),
		    P_TEXT(b->employer_uscc), P_TEXT(b->unit_nature_code),
		    P_TEXT(b->industry_code), P_TEXT(b->division_code),
		    P_TEXT(b->occupation_code), P_TEXT(b->started_on),
		    P_TEXT(b->pay_band), asked_alignment(f),
		    P_TEXT(b->evidence_kind), P_TEXT(b->evidence_sha256),
		    P_BOOL(b->is_employer_asked), P_TEXT(b->reason));
}
