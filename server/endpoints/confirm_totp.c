/*
 * POST /v1/me/totp/confirm - a first code shows that the secret has arrived.
 * From now on signing in asks for one. Recovery codes are shown this once.
 */
#include <string.h>

#include "base/text.h"
#include "endpoints/totp_steps.h"
#include "flow/everybody.h"
#include "wire/sql.h"

enum { RECOVERY_CODES = 10, RECOVERY_LETTERS = 16 };

struct confirming {
	const char *codes[RECOVERY_CODES];
};

/* Columns of schema/queries/totp_of_account.sql. */
enum { SEALED, IS_CONFIRMED };

static flow_step find_secret, confirm, reply_codes;

const struct endpoint confirm_totp = {
	.operation = "confirmTotp",
	.method = "POST",
	.path = "/v1/me/totp/confirm",
	.allow = PEOPLE_FOR_THEMSELVES,
	.state_bytes = sizeof(struct confirming),
	.body = totp_code_shape,
	.body_bytes = sizeof(struct totp_code_body),
	.is_secret = true,
	.steps = { find_secret, confirm, reply_codes },
};

static enum flow_next find_secret(struct flow *f)
{
	return ask_one(f, SQL_TOTP_OF_ACCOUNT, P_CONSORTIUM(f), P_ACCOUNT(f));
}

/* 96 random bits each, in letters that base64url has. */
static struct texts make_codes(struct flow *f)
{
	struct confirming *s = f->state;
	struct texts hashes = {
		arena_array(f->mem, const char *, RECOVERY_CODES),
		RECOVERY_CODES };

	for (int i = 0; i < RECOVERY_CODES; i++) {
		char token[CRYPTO_TOKEN_TEXT_BYTES];
		char *hex = arena_zeroed(f->mem, 1, SHA256_BYTES * 2 + 1);
		uint8_t hash[SHA256_BYTES];

		crypto_token(token);
		s->codes[i] = arena_text(f->mem, token, RECOVERY_LETTERS);
		crypto_sha256((struct bytes){ s->codes[i], RECOVERY_LETTERS },
			      hash);
		text_hex(hash, sizeof(hash), hex);
		hashes.at[i] = hex;
	}
	return hashes;
}

static enum flow_next confirm(struct flow *f)
{
	const struct totp_code_body *in = f->body;
	struct texts hashes = make_codes(f);
	struct told_code told;

	if (rows_is_null(f->rows, 0, SEALED) ||
	    rows_bool(f->rows, 0, IS_CONFIRMED))
		return fail(f, FAULT_BAD_STATE, "%s",
			    "no second factor waits to be confirmed");
	if (!read_code(f, &f->actor.account_id, rows_text(f->rows, 0, SEALED),
		       in->code, &told))
		return fail(f, FAULT_NO_KEY, "%s", "");
	if (!told.is_step) {
		flaws_add(&f->flaws, "#/code", "wrong-secret",
			  "is not the code of now", "不是当前的验证码");
		return fail_flaws(f);
	}
	return tell_or(f, FAULT_CONFLICT, SQL_TOTP_CONFIRM, P_CONSORTIUM(f),
		       P_ACCOUNT(f), P_INT(told.step), P_TEXTS(&hashes));
}

static enum flow_next reply_codes(struct flow *f)
{
	const struct confirming *s = f->state;
	struct json_writer *w = reply_json(f, 200);

	json_object(w);
	json_key(w, "recovery_codes");
	json_array(w);
	for (int i = 0; i < RECOVERY_CODES; i++)
		json_text(w, s->codes[i]);
	json_end(w);
	json_end(w);
	return FLOW_DONE;
}
