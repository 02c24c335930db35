/* session_steps.c - see session_steps.h. */
#include "endpoints/session_steps.h"

#include <string.h>

#include "base/text.h"

const char *tries_of_address(struct flow *f)
{
	return arena_print(f->mem, "address %s", f->peer);
}

const char *tries_of_login(struct flow *f, const char *consortium,
			   const char *login_name)
{
	return arena_print(f->mem, "login %zu %s %s", strlen(consortium),
			   consortium, login_name);
}

enum flow_next session_open(struct flow *f, struct session_opening *o)
{
	uint8_t hash[SHA256_BYTES];
	char *hex = arena_zeroed(f->mem, 1, SHA256_BYTES * 2 + 1);

	o->session_id = uuid_new();
	crypto_token(o->token);
	crypto_sha256((struct bytes){ o->token, strlen(o->token) }, hash);
	text_hex(hash, sizeof(hash), hex);
	return tell_or(f, FAULT_BAD_CREDENTIALS, SQL_SESSION_OPEN,
		       P_ID(&o->consortium_id), P_ID(&o->session_id),
		       P_ID(&o->account_id), P_TEXT(hex),
		       P_INT(f->loop->service->config->session_hours),
		       P_TEXT(f->peer),
		       P_TEXT(request_header(f, "user-agent")),
		       P_TEXT(o->by_address), P_TEXT(o->by_login),
		       P_UUID(&o->provider_id));
}

enum flow_next reply_opened(struct flow *f, const struct session_opening *o)
{
	struct json_writer *w = reply_json(f, 201);
	char id[UUID_TEXT_BYTES];

	uuid_text(&o->session_id, id);
	reply_location(f, "/v1/sessions/%s", id);
	json_object(w);
	json_member_text(w, "token", o->token);
	json_member_text(w, "token_type", "Bearer");
	json_member_time(w, "expires_at", rows_text(f->rows, 0, 0));
	json_member_uuid(w, "account_id", &o->account_id);
	json_member_text(w, "role", role_word(o->role));
	json_end(w);
	return FLOW_DONE;
}
