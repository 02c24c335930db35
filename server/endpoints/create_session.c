/*
 * POST /v1/sessions - sign in. Whether the account exists must not be told,
 * neither by words nor by time: an unknown one has tries and costs a hash, too.
 */
#include <string.h>

#include "endpoints/session_steps.h"
#include "endpoints/totp_steps.h"
#include "flow/everybody.h"
#include "flow/flow.h"
#include "records/password.h"

struct sign_in {
	const char *consortium, *login_name, *password, *code;
};

struct signing_in {
	bool is_right;
	struct session_opening opening;
};

/* Not PASSWORD_MOST: older passwords may be longer. */
static const struct field sign_in_shape[] = {
	TEXT(struct sign_in, consortium, 1, 32, REQUIRED),
	TEXT(struct sign_in, login_name, 1, 64, REQUIRED),
	TEXT(struct sign_in, password, 1, 200, REQUIRED),
	TEXT(struct sign_in, code, 6, 20, OPTIONAL),
	END_OF_FIELDS
};

static flow_step find_account, check_password, check_code, open_session,
	reply_session;

const struct endpoint create_session = {
	.operation = "createSession",
	.method = "POST",
	.path = "/v1/sessions",
	.allow = EVERYBODY,
	.deadline_ms = PASSWORD_DEADLINE_MS,
	.state_bytes = sizeof(struct signing_in),
	.body = sign_in_shape,
	.body_bytes = sizeof(struct sign_in),
	.is_secret = true,
	.rate = RATE_SIGN_IN,
	.steps = { find_account, check_password, check_code, open_session,
		   reply_session },
};

/* Columns of schema/queries/sign_in_begin.sql. */
enum { WAIT_S, CONSORTIUM_ID, ACCOUNT_ID, ROLE, SALT, SECRET = SALT + 5 };

static enum flow_next find_account(struct flow *f)
{
	const struct config *config = f->loop->service->config;
	struct signing_in *s = f->state;
	const struct sign_in *in = f->body;

	s->opening.by_address = tries_of_address(f);
	s->opening.by_login = tries_of_login(f, in->consortium,
					     in->login_name);
	return tell_or(f, FAULT_BUG, SQL_SIGN_IN_BEGIN, P_TEXT(in->consortium),
		       P_TEXT(in->login_name), P_TEXT(s->opening.by_address),
		       P_TEXT(s->opening.by_login),
		       P_INT(config->sign_in_address_max),
		       P_INT(config->sign_in_account_max),
		       P_INT(config->sign_in_window_s));
}

/* On the pool. */
static enum flow_next hash_password(struct flow *f)
{
	struct signing_in *s = f->state;
	const struct sign_in *in = f->body;

	if (!rows_is_null(f->rows, 0, ACCOUNT_ID))
		s->is_right = password_fits(in->password, f->rows, SALT);
	else
		password_fits_nobody(in->password);
	crypto_wipe((char *)in->password, strlen(in->password));
	return s->is_right ? FLOW_NEXT : fail(f, FAULT_BAD_CREDENTIALS, "%s",
					      "");
}

static enum flow_next check_password(struct flow *f)
{
	int wait_s = (int)rows_int(f->rows, 0, WAIT_S);

	return wait_s ? fail_later(f, wait_s) : ponder(f, hash_password);
}

/* The password was right: only now is it told that there is a second factor. */
static enum flow_next check_code(struct flow *f)
{
	const struct sign_in *in = f->body;
	struct signing_in *s = f->state;
	struct session_opening *o = &s->opening;
	struct told_code told;

	o->consortium_id = rows_uuid(f->rows, 0, CONSORTIUM_ID);
	o->account_id = rows_uuid(f->rows, 0, ACCOUNT_ID);
	must(role_from_word(rows_text(f->rows, 0, ROLE), &o->role));
	if (rows_is_null(f->rows, 0, SECRET))
		return FLOW_NEXT;
	if (!in->code)
		return fail(f, FAULT_CODE_REQUIRED, "%s", "");
	f->actor.consortium_id = o->consortium_id;	/* sealed to it */
	if (!read_code(f, &o->account_id, rows_text(f->rows, 0, SECRET),
		       in->code, &told))
		return fail(f, FAULT_NO_KEY, "%s", "");
	return tell_or(f, FAULT_BAD_CREDENTIALS, SQL_TOTP_USE,
		       P_ID(&o->consortium_id), P_ID(&o->account_id),
		       P_STEP(&told), P_TEXT(told.hash));
}

static enum flow_next open_session(struct flow *f)
{
	struct signing_in *s = f->state;

	return session_open(f, &s->opening);
}

static enum flow_next reply_session(struct flow *f)
{
	struct signing_in *s = f->state;

	return reply_opened(f, &s->opening);
}
