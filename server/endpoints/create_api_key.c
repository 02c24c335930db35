/*
 * POST /v1/api-keys - a key for a system of one's own. It is shown this once;
 * only its hash is kept.
 */
#include <string.h>

#include "base/text.h"
#include "endpoints/api_key_steps.h"
#include "records/scopes.h"
#include "wire/crypto.h"

enum { SCOPES_MAX = 64, SCOPE_MAX = 40, PREFIX_BYTES = 11 };

struct key_new {
	const char *name;
	struct texts scopes;
	const char *expires_at;
};

struct key_making {
	struct uuid id;
	const char *key;
};

static const struct field key_new_shape[] = {
	TEXT(struct key_new, name, 1, 60, REQUIRED | TRIMMED | ONE_LINE),
	TEXTS(struct key_new, scopes, SCOPES_MAX, SCOPE_MAX, scope_check,
	      REQUIRED | NOT_EMPTY | DISTINCT | CASED),
	TIME(struct key_new, expires_at, OPTIONAL),
	END_OF_FIELDS
};

static flow_step check_time, make_key, reply_made;

const struct endpoint create_api_key = {
	.operation = "createApiKey",
	.method = "POST",
	.path = "/v1/api-keys",
	.allow = KEEPERS_OF_KEYS,
	.state_bytes = sizeof(struct key_making),
	.body = key_new_shape,
	.body_bytes = sizeof(struct key_new),
	.is_secret = true,
	.steps = { check_time, make_key, reply_made },
};

static const struct constraint_flaw refusals[] = {
	{ "api_key_not_too_many", "#", "not-allowed",
	  "there are 20 keys already", "密钥已达 20 个", FAULT_CONFLICT },
	{ NULL, NULL, NULL, NULL, NULL, FAULT_NONE }
};

static enum flow_next check_time(struct flow *f)
{
	const struct key_new *in = f->body;

	return ask(f, SQL_TIME_IS_PAST, P_TEXT(in->expires_at));
}

/* "dk_" and 256 random bits; what begins it is shown in lists. */
static const char *new_key(struct flow *f)
{
	char token[CRYPTO_TOKEN_TEXT_BYTES];

	crypto_token(token);
	return arena_print(f->mem, "dk_%s", token);
}

static enum flow_next make_key(struct flow *f)
{
	const struct key_new *in = f->body;
	struct key_making *s = f->state;
	struct uuid session_id = uuid_new();
	uint8_t hash[SHA256_BYTES];
	char *hex = arena_zeroed(f->mem, 1, SHA256_BYTES * 2 + 1);

	if (in->expires_at && rows_bool(f->rows, 0, 0)) {
		flaws_add(&f->flaws, "#/expires_at", "out-of-range",
			  "must be after now", "必须晚于当前时间");
		return fail_flaws(f);
	}
	s->id = uuid_new();
	s->key = new_key(f);
	crypto_sha256((struct bytes){ s->key, strlen(s->key) }, hash);
	text_hex(hash, sizeof(hash), hex);
	explain_constraints(f, refusals);
	return tell_or(f, FAULT_BUG, SQL_API_KEY_MAKE, P_CONSORTIUM(f),
		       P_ACCOUNT(f), P_ID(&s->id), P_ID(&session_id),
		       P_TEXT(in->name), P_TEXTS(&in->scopes), P_TEXT(hex),
		       P_TEXT(arena_text(f->mem, s->key, PREFIX_BYTES)),
		       P_TEXT(in->expires_at));
}

static enum flow_next reply_made(struct flow *f)
{
	const struct key_making *s = f->state;
	struct json_writer *w = reply_json(f, 201);
	char id[UUID_TEXT_BYTES];

	uuid_text(&s->id, id);
	reply_location(f, "/v1/api-keys/%s", id);
	json_object(w);
	api_key_members(w, f->rows, 0);
	json_member_text(w, "key", s->key);
	json_end(w);
	return FLOW_DONE;
}
