/*
 * POST /v1/accounts/{account_id}/password-reset - a token for somebody who
 * forgot the password. The old one holds until it is used.
 */
#include "endpoints/account_steps.h"

struct resetting {
	struct once once;
};

static flow_step make_token, reply_token;

const struct endpoint reset_account_password = {
	.operation = "resetAccountPassword",
	.method = "POST",
	.path = "/v1/accounts/{account_id}/password-reset",
	.allow = MANAGERS_OF_ACCOUNTS,
	.state_bytes = sizeof(struct resetting),
	.is_secret = true,
	.steps = { make_token, reply_token },
};

static enum flow_next make_token(struct flow *f)
{
	struct resetting *s = f->state;
	struct uuid account, id = uuid_new();

	if (!path_uuid(f, "account_id", &account))
		return FLOW_FAIL;
	once_make(&s->once);
	return tell(f, SQL_ACCOUNT_RESET, P_CONSORTIUM(f), P_ACCOUNT(f),
		    P_UUID(&account), P_ID(&id), P_TEXT(s->once.hash));
}

static enum flow_next reply_token(struct flow *f)
{
	const struct resetting *s = f->state;
	struct json_writer *w;

	if (rows_is_null(f->rows, 0, 0))
		return fail(f, FAULT_NOT_FOUND, "%s", "");
	w = reply_json(f, 201);
	json_object(w);
	json_member_time(w, "expires_at", rows_text(f->rows, 0, 0));
	json_member_text(w, "token", s->once.token);
	json_end(w);
	return FLOW_DONE;
}
