/*
 * PUT /v1/me/password - another password. Who knows only a token may not
 * guess the current one: that has its own tries. All other sessions end.
 */
#include "base/text.h"
#include "flow/everybody.h"
#include "flow/flow.h"
#include "flow/tokens.h"
#include "records/password.h"
#include "wire/reasons.h"

struct passwords {
	const char *current, *new;
};

struct changing {
	const char *tries, *old_hash;
	struct password_hash hash;
};

static const struct field passwords_shape[] = {
	TEXT(struct passwords, current, 1, 200, REQUIRED),
	TEXT(struct passwords, new, PASSWORD_LEAST, PASSWORD_MOST, REQUIRED),
	END_OF_FIELDS
};

static flow_step find_password, check_passwords, change_password,
	forget_tokens;

const struct endpoint put_password = {
	.operation = "putPassword",
	.method = "PUT",
	.path = "/v1/me/password",
	.allow = PEOPLE_FOR_THEMSELVES,
	.deadline_ms = PASSWORD_DEADLINE_MS,
	.state_bytes = sizeof(struct changing),
	.body = passwords_shape,
	.body_bytes = sizeof(struct passwords),
	.steps = { find_password, check_passwords, change_password,
		   forget_tokens },
};

/* Columns of schema/queries/password_begin.sql. */
enum { WAIT_S, LOGIN, SALT, HASH };

static void add_flaw(struct flow *f, const char *where, const char *code,
		     const char *why)
{
	flaws_add(&f->flaws, where, code, why, reason_chinese(why));
}

static enum flow_next refuse_new(struct flow *f, const char *why)
{
	add_flaw(f, "#/new", "not-allowed", why);
	return fail_flaws(f);
}

/* What can be refused without a try is. */
static enum flow_next find_password(struct flow *f)
{
	const struct config *config = f->loop->service->config;
	const struct passwords *in = f->body;
	struct changing *s = f->state;
	char id[UUID_TEXT_BYTES];
	const char *why = password_flaw(in->new, "");

	if (!why && text_same(in->current, in->new))
		why = "is the current password";
	if (why)
		return refuse_new(f, why);
	uuid_text(&f->actor.account_id, id);
	s->tries = arena_print(f->mem, "password %s", id);
	return tell_or(f, FAULT_NOT_FOUND, SQL_PASSWORD_BEGIN, P_CONSORTIUM(f),
		       P_ACCOUNT(f), P_TEXT(s->tries),
		       P_INT(config->sign_in_account_max),
		       P_INT(config->sign_in_window_s));
}

/* On the pool. */
static enum flow_next hash_passwords(struct flow *f)
{
	const struct passwords *in = f->body;
	struct changing *s = f->state;

	if (!password_fits(in->current, f->rows, SALT)) {
		add_flaw(f, "#/current", "wrong-secret",
			 "is not the current password");
		return fail_flaws(f);
	}
	password_hash((char *)in->new, &s->hash);
	return FLOW_NEXT;
}

static enum flow_next check_passwords(struct flow *f)
{
	int wait_s = (int)rows_int(f->rows, 0, WAIT_S);
	const struct passwords *in = f->body;
	struct changing *s = f->state;
	const char *why = password_flaw(in->new, rows_text(f->rows, 0, LOGIN));

	if (wait_s)
		return fail_later(f, wait_s);
	if (why)
		return refuse_new(f, why);
	s->old_hash = arena_text(f->mem, rows_text(f->rows, 0, HASH),
				 rows_bytes(f->rows, 0, HASH));
	return ponder(f, hash_passwords);
}

static enum flow_next change_password(struct flow *f)
{
	struct changing *s = f->state;

	return tell_or(f, FAULT_CONFLICT, SQL_PASSWORD_CHANGE, P_CONSORTIUM(f),
		       P_ACCOUNT(f), P_ID(&f->actor.session_id),
		       P_TEXT(s->old_hash), P_PASSWORD(&s->hash),
		       P_TEXT(s->tries));
}

static enum flow_next forget_tokens(struct flow *f)
{
	tokens_forget(f->loop->tokens, &f->actor.account_id);
	return reply_empty(f, 204);
}
