/*
 * POST /v1/sessions - sign in. Whether the account exists must not be told,
 * neither by words nor by time: an unknown one costs a hash, too.
 */
#include <string.h>

#include "base/text.h"
#include "flow/everybody.h"
#include "flow/flow.h"
#include "flow/limiter.h"
#include "wire/crypto.h"

/* A sign-in waits for its turn on the pool behind others. */
enum { SIGN_IN_DEADLINE_MS = 20000, PASSWORD_MAX = 200, SALT_MAX_BYTES = 64 };

struct sign_in {
	const char *consortium, *login_name, *password;
};

struct signing_in {
	const char *by_account, *by_address;	/* for the limiter */
	bool is_right;
	struct uuid consortium_id, account_id, session_id;
	enum role role;
	char token[CRYPTO_TOKEN_TEXT_BYTES];
};

static const struct field sign_in_shape[] = {
	TEXT(struct sign_in, consortium, 1, 32, REQUIRED),
	TEXT(struct sign_in, login_name, 1, 64, REQUIRED),
	TEXT(struct sign_in, password, 1, PASSWORD_MAX, REQUIRED),
	END_OF_FIELDS
};

static flow_step find_account, check_password, open_session, reply_session;

const struct endpoint create_session = {
	.operation = "createSession",
	.method = "POST",
	.path = "/v1/sessions",
	.allow = EVERYBODY,
	.deadline_ms = SIGN_IN_DEADLINE_MS,
	.state_bytes = sizeof(struct signing_in),
	.body = sign_in_shape,
	.body_bytes = sizeof(struct sign_in),
	.steps = { find_account, check_password, open_session,
		   reply_session },
};

/* Columns of schema/queries/account_by_login.sql. */
enum { CONSORTIUM_ID, ACCOUNT_ID, ROLE, SALT, HASH, COST_N, COST_R, COST_P };

static enum flow_next find_account(struct flow *f)
{
	const struct config *config = f->loop->service->config;
	struct limiter *limiter = f->loop->service->limiter;
	struct signing_in *s = f->state;
	const struct sign_in *in = f->body;
	int wait_s;

	s->by_address = arena_print(f->mem, "address %s", f->peer);
	s->by_account = arena_print(f->mem, "account %s %s", in->consortium,
				    in->login_name);
	if (!limiter_take(limiter, s->by_address,
			  (int)config->sign_in_address_max, &wait_s) ||
	    !limiter_take(limiter, s->by_account,
			  (int)config->sign_in_account_max, &wait_s))
		return fail_later(f, wait_s);
	return ask(f, SQL_ACCOUNT_BY_LOGIN, P_TEXT(in->consortium),
		   P_TEXT(in->login_name));
}

static bool fits(const struct rows *r, const char *password)
{
	uint8_t salt[SALT_MAX_BYTES], stored[SHA256_BYTES], hash[SHA256_BYTES];
	size_t salt_bytes = rows_bytes(r, 0, SALT) / 2;
	struct scrypt_cost cost = { __builtin_ctz((unsigned)rows_int(
					    r, 0, COST_N)),
				    (int)rows_int(r, 0, COST_R),
				    (int)rows_int(r, 0, COST_P) };

	if (salt_bytes > SALT_MAX_BYTES ||
	    !text_unhex(rows_text(r, 0, SALT), salt, salt_bytes) ||
	    !text_unhex(rows_text(r, 0, HASH), stored, sizeof(stored)))
		return false;
	return crypto_scrypt(password, (struct bytes){ salt, salt_bytes },
			     cost, hash) &&
	       crypto_is_same(hash, stored, sizeof(stored));
}

/* On the pool. */
static enum flow_next hash_password(struct flow *f)
{
	struct signing_in *s = f->state;
	const struct sign_in *in = f->body;
	uint8_t hash[SHA256_BYTES];

	if (rows_count(f->rows) == 1)
		s->is_right = fits(f->rows, in->password);
	else
		(void)!crypto_scrypt(in->password,
				     (struct bytes){ "nobody's own salt", 16 },
				     scrypt_usual, hash);
	crypto_wipe((char *)in->password, strlen(in->password));
	return s->is_right ? FLOW_NEXT : fail(f, FAULT_BAD_CREDENTIALS, "%s",
					      "");
}

static enum flow_next check_password(struct flow *f)
{
	return ponder(f, hash_password);
}

static enum flow_next open_session(struct flow *f)
{
	struct limiter *limiter = f->loop->service->limiter;
	struct signing_in *s = f->state;
	uint8_t hash[SHA256_BYTES];
	char *hex = arena_zeroed(f->mem, 1, SHA256_BYTES * 2 + 1);

	limiter_refund(limiter, s->by_address);
	limiter_refund(limiter, s->by_account);
	s->consortium_id = rows_uuid(f->rows, 0, CONSORTIUM_ID);
	s->account_id = rows_uuid(f->rows, 0, ACCOUNT_ID);
	must(role_from_word(rows_text(f->rows, 0, ROLE), &s->role));
	s->session_id = uuid_new();
	crypto_token(s->token);
	crypto_sha256((struct bytes){ s->token, strlen(s->token) }, hash);
	text_hex(hash, sizeof(hash), hex);
	return tell_or(f, FAULT_BAD_CREDENTIALS, SQL_SESSION_OPEN,
		       P_ID(&s->consortium_id), P_ID(&s->session_id),
		       P_ID(&s->account_id), P_TEXT(hex),
		       P_INT(f->loop->service->config->session_hours));
}

static enum flow_next reply_session(struct flow *f)
{
	struct signing_in *s = f->state;
	struct json_writer *w = reply_json(f, 201);

	reply_location(f, "/v1/sessions/current");
	json_object(w);
	json_member_text(w, "token", s->token);
	json_member_text(w, "token_type", "Bearer");
	json_member_time(w, "expires_at", rows_text(f->rows, 0, 0));
	json_member_uuid(w, "account_id", &s->account_id);
	json_member_text(w, "role", role_word(s->role));
	json_end(w);
	return FLOW_DONE;
}
