/*
 * POST /v1/me/totp/remove - no second factor any more. It asks for a code
 * itself: a stolen session does not suffice. Tries are counted.
 */
#include "endpoints/totp_steps.h"
#include "flow/everybody.h"
#include "flow/limiter.h"
#include "wire/sql.h"

/* Columns of schema/queries/totp_of_account.sql. */
enum { SEALED, IS_CONFIRMED };

static flow_step find_secret, remove_it, reply_removed;

const struct endpoint remove_totp = {
	.operation = "removeTotp",
	.method = "POST",
	.path = "/v1/me/totp/remove",
	.allow = PEOPLE_FOR_THEMSELVES,
	.body = totp_code_shape,
	.body_bytes = sizeof(struct totp_code_body),
	.steps = { find_secret, remove_it, reply_removed },
};

static enum flow_next find_secret(struct flow *f)
{
	const struct service *service = f->loop->service;
	char id[UUID_TEXT_BYTES];
	int wait_s;

	uuid_text(&f->actor.account_id, id);
	if (!limiter_take(service->limiter,
			  arena_print(f->mem, "totp %s", id),
			  (int)service->config->sign_in_account_max, &wait_s))
		return fail_later(f, wait_s);
	return ask_one(f, SQL_TOTP_OF_ACCOUNT, P_CONSORTIUM(f), P_ACCOUNT(f));
}

static enum flow_next remove_it(struct flow *f)
{
	const struct totp_code_body *in = f->body;
	struct told_code told;

	if (!rows_bool(f->rows, 0, IS_CONFIRMED))
		return fail(f, FAULT_BAD_STATE, "%s",
			    "no second factor is in use");
	if (!read_code(f, &f->actor.account_id, rows_text(f->rows, 0, SEALED),
		       in->code, &told))
		return fail(f, FAULT_NO_KEY, "%s", "");
	return tell(f, SQL_TOTP_REMOVE, P_CONSORTIUM(f), P_ACCOUNT(f),
		    P_STEP(&told), P_TEXT(told.hash));
}

static enum flow_next reply_removed(struct flow *f)
{
	if (rows_count(f->rows))
		return reply_empty(f, 204);
	flaws_add(&f->flaws, "#/code", "wrong-secret", "is not the code of now",
		  "不是当前的验证码");
	return fail_flaws(f);
}
