/*
 * POST /v1/enterprises - an enterprise registers, with the account that will
 * act for it. Anybody may; it is unverified until the office has looked.
 */
#include "endpoints/enterprise_steps.h"
#include "flow/everybody.h"
#include "flow/limiter.h"
#include "records/password.h"
#include "wire/reasons.h"

struct registering {
	struct password_hash password;
	struct uuid enterprise_id, account_id;
};

static flow_step find_flaws, hash_password, make_enterprise, reply_made;

const struct endpoint create_enterprise = {
	.operation = "createEnterprise",
	.method = "POST",
	.path = "/v1/enterprises",
	.allow = EVERYBODY,
	.deadline_ms = PASSWORD_DEADLINE_MS,
	.state_bytes = sizeof(struct registering),
	.body = enterprise_new_shape,
	.body_bytes = sizeof(struct enterprise_new),
	.steps = { find_flaws, hash_password, make_enterprise, reply_made },
};

/* Another request may have taken it since find_flaws looked. */
static const struct constraint_flaw refusals[] = {
	{ "enterprise_consortium_id_uscc_key", "#/uscc", "duplicate",
	  "is taken already", "已被使用", FAULT_CONFLICT },
	{ "account_consortium_id_login_key", "#/login_name", "duplicate",
	  "is taken already", "已被使用", FAULT_CONFLICT },
	{ NULL, NULL, NULL, NULL, NULL, FAULT_NONE }
};

/* Nobody has signed in: who asks is known by the address only. */
static enum flow_next find_flaws(struct flow *f)
{
	const struct service *service = f->loop->service;
	const struct enterprise_new *in = f->body;
	int wait_s;

	if (!limiter_take(service->limiter,
			  arena_print(f->mem, "registration %s", f->peer),
			  (int)service->config->sign_in_address_max, &wait_s))
		return fail_later(f, wait_s);
	return ask(f, SQL_ENTERPRISE_FLAWS, P_NULL, P_TEXT(in->consortium),
		   P_TEXT(in->uscc), P_TEXT(in->login_name),
		   P_TEXT(in->industry_code), P_TEXT(in->division_code),
		   P_TEXT(in->unit_nature_code), P_TEXT(in->staff_counted_on));
}

/* On the pool. */
static enum flow_next hash_on_pool(struct flow *f)
{
	const struct enterprise_new *in = f->body;
	struct registering *s = f->state;

	password_hash((char *)in->password, &s->password);
	return FLOW_NEXT;
}

static enum flow_next hash_password(struct flow *f)
{
	const struct enterprise_new *in = f->body;
	const char *flaw = password_flaw(in->password, in->login_name);

	if (flaw)
		flaws_add(&f->flaws, "#/password", "not-allowed", flaw,
			  reason_chinese(flaw));
	if (!rows_have_no_flaw(f))
		return FLOW_FAIL;
	return ponder(f, hash_on_pool);
}

static enum flow_next make_enterprise(struct flow *f)
{
	const struct enterprise_new *in = f->body;
	struct registering *s = f->state;

	s->enterprise_id = uuid_new();
	s->account_id = uuid_new();
	explain_constraints(f, refusals);
	return tell_or(f, FAULT_CONFLICT, SQL_ENTERPRISE_REGISTER,
		       P_TEXT(in->consortium), P_ID(&s->enterprise_id),
		       P_TEXT(in->uscc), P_TEXT(in->name),
		       P_TEXT(in->industry_code), P_TEXT(in->division_code),
		       P_TEXT(in->unit_nature_code), P_TEXT(in->address),
		       P_INT(in->staff_count), P_TEXT(in->staff_counted_on),
		       P_ID(&s->account_id), P_TEXT(in->login_name),
		       P_PASSWORD(&s->password));
}

static enum flow_next reply_made(struct flow *f)
{
	reply_location(f, "/v1/enterprises/%s",
		       rows_text(f->rows, 0, ENTERPRISE_ID_COLUMN));
	return reply_enterprise(f, 201);
}
