/*
 * PUT /v1/postings/{posting_id}/cooperation - an enterprise proposes to a
 * school to hold an order class or apprenticeship. Any change is to be agreed
 * to anew; what says the same changes nothing.
 */
#include "endpoints/cooperation_steps.h"

static flow_step propose;

const struct endpoint put_cooperation = {
	.operation = "putCooperation",
	.method = "PUT",
	.path = "/v1/postings/{posting_id}/cooperation",
	.allow = { [ROLE_ENTERPRISE] = SCOPE_OWN },
	.state_bytes = sizeof(struct cooperation_at),
	.body = cooperation_shape,
	.body_bytes = sizeof(struct cooperation),
	.is_transaction = true,
	.steps = { propose, find_cooperation, reply_cooperation },
};

static const struct constraint_flaw refusals[] = {
	{ "cooperation_kind_is_taught", "#", "not-allowed",
	  "only order classes and apprenticeships are held with a school",
	  "只有订单班和学徒制岗位与学校合作开展", FAULT_BAD_BODY },
	{ "cooperation_school_fkey", "#/school_id", "not-found",
	  "is no school of the consortium", "不是联合体内的学校",
	  FAULT_BAD_BODY },
	{ "cooperation_specialty_fkey", "#/specialty_code", "unknown-code",
	  "is not in the official list", "不在官方代码表中", FAULT_BAD_BODY },
	{ NULL, NULL, NULL, NULL, NULL, FAULT_NONE }
};

static struct asked asked_int(int64_t number)
{
	return number == INT_NONE ? P_NULL : P_INT(number);
}

static enum flow_next propose(struct flow *f)
{
	struct cooperation_at *s = f->state;
	struct cooperation *c = f->body;

	if (!path_uuid(f, "posting_id", &s->id))
		return FLOW_FAIL;
	fields_settle(cooperation_shape, &f->body_seen, c);
	explain_constraints(f, refusals);
	return tell(f, SQL_COOPERATION_PUT, P_CONSORTIUM(f), P_UUID(&s->id),
		    P_OWNER(f), P_ACCOUNT(f), P_UUID(&c->school_id),
		    P_TEXT(c->specialty_code), asked_int(c->entry_year),
		    asked_int(c->cohort_size), P_TEXT(c->enterprise_mentor),
		    P_TEXT(c->school_mentor), P_TEXT(c->contract_form),
		    P_TEXT(c->note));
}
