/*
 * POST /v1/account-invitations/accept - whoever has the token chooses the
 * password, of a new account or, after a reset, of one that is there. Once.
 */
#include "base/text.h"
#include "endpoints/account_steps.h"
#include "flow/everybody.h"
#include "flow/limiter.h"
#include "flow/tokens.h"
#include "records/password.h"
#include "wire/reasons.h"

struct acceptance {
	const char *token, *password;
};

struct accepting {
	char hash[SHA256_BYTES * 2 + 1];
	struct password_hash password;
	struct uuid account_id;
};

static const struct field acceptance_shape[] = {
	TEXT(struct acceptance, token, 1, 100, REQUIRED),
	TEXT(struct acceptance, password, PASSWORD_LEAST, PASSWORD_MOST,
	     REQUIRED),
	END_OF_FIELDS
};

/* Columns of schema/queries/account_invitation_accept.sql. */
enum { ACCOUNT, SLUG, LOGIN, ROLE };

static flow_step find_invitation, hash_password, accept, reply_accepted;

const struct endpoint accept_account_invitation = {
	.operation = "acceptAccountInvitation",
	.method = "POST",
	.path = "/v1/account-invitations/accept",
	.allow = EVERYBODY,
	.deadline_ms = PASSWORD_DEADLINE_MS,
	.state_bytes = sizeof(struct accepting),
	.body = acceptance_shape,
	.body_bytes = sizeof(struct acceptance),
	.rate = RATE_SIGN_IN,
	.steps = { find_invitation, hash_password, accept, reply_accepted },
};

static const struct constraint_flaw refusals[] = {
	{ "account_consortium_id_login_key", "#/token", "duplicate",
	  "its login name is taken by now", "该登录名已被使用",
	  FAULT_CONFLICT },
	{ NULL, NULL, NULL, NULL, NULL, FAULT_NONE }
};

static enum flow_next find_invitation(struct flow *f)
{
	const struct service *service = f->loop->service;
	const struct acceptance *in = f->body;
	struct accepting *s = f->state;
	int wait_s;

	if (!limiter_take(service->limiter,
			  arena_print(f->mem, "invitation %s", f->peer),
			  (int)service->config->sign_in_address_max, &wait_s))
		return fail_later(f, wait_s);
	once_hash(in->token, s->hash);
	return ask_one(f, SQL_ACCOUNT_INVITATION_BY_TOKEN, P_TEXT(s->hash));
}

/* On the pool. */
static enum flow_next hash_on_pool(struct flow *f)
{
	const struct acceptance *in = f->body;
	struct accepting *s = f->state;

	password_hash((char *)in->password, &s->password);
	return FLOW_NEXT;
}

static enum flow_next hash_password(struct flow *f)
{
	const struct acceptance *in = f->body;
	const char *flaw = password_flaw(in->password,
					 rows_text(f->rows, 0, 0));

	if (!flaw)
		return ponder(f, hash_on_pool);
	flaws_add(&f->flaws, "#/password", "not-allowed", flaw,
		  reason_chinese(flaw));
	return fail_flaws(f);
}

static enum flow_next accept(struct flow *f)
{
	struct accepting *s = f->state;

	s->account_id = uuid_new();
	explain_constraints(f, refusals);
	return tell_or(f, FAULT_NOT_FOUND, SQL_ACCOUNT_INVITATION_ACCEPT,
		       P_TEXT(s->hash), P_ID(&s->account_id),
		       P_PASSWORD(&s->password));
}

static enum flow_next reply_accepted(struct flow *f)
{
	struct uuid account = rows_uuid(f->rows, 0, ACCOUNT);
	struct json_writer *w;

	tokens_forget(f->loop->tokens, &account);
	w = reply_json(f, 201);
	json_object(w);
	json_member_uuid(w, "account_id", &account);
	json_member_text(w, "consortium", rows_text(f->rows, 0, SLUG));
	json_member_text(w, "login_name", rows_text(f->rows, 0, LOGIN));
	json_member_text(w, "role", rows_text(f->rows, 0, ROLE));
	json_end(w);
	return FLOW_DONE;
}
