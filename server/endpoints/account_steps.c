/* account_steps.c - see account_steps.h. */
#include "endpoints/account_steps.h"

#include <string.h>

#include "base/text.h"
#include "flow/tokens.h"
#include "records/members.h"

const char *const account_role_words[] = { "student", "enterprise", "school",
					   "office", NULL };

void once_hash(const char *token, char hash[SHA256_BYTES * 2 + 1])
{
	uint8_t bytes[SHA256_BYTES];

	crypto_sha256((struct bytes){ token, strlen(token) }, bytes);
	text_hex(bytes, sizeof(bytes), hash);
}

void once_make(struct once *once)
{
	crypto_token(once->token);
	once_hash(once->token, once->hash);
}

void account_write(struct json_writer *w, const struct rows *rows, int row)
{
	static const struct member members[] = {
		{ MEMBER_UUID, "id" },
		{ MEMBER_TEXT, "role" },
		{ MEMBER_TEXT, "login_name" },
		{ MEMBER_TEXT, "display_name" },
		{ MEMBER_UUID, "owner_id" },
		{ MEMBER_BOOL, "is_disabled" },
		{ MEMBER_TIME, "created_at" },
		{ MEMBER_BOOL, "is_responsible" },
		{ MEMBER_END, NULL }
	};

	json_object(w);
	members_write(w, members, rows, row);
	json_end(w);
}

enum flow_next tell_able(struct flow *f, bool is_disabled)
{
	struct uuid id;

	if (!path_uuid(f, "account_id", &id))
		return FLOW_FAIL;
	return tell_or(f, FAULT_NOT_FOUND, SQL_ACCOUNT_ABLE, P_CONSORTIUM(f),
		       P_ACCOUNT(f), P_UUID(&id), P_BOOL(is_disabled));
}

enum flow_next tell_responsible(struct flow *f, bool is_responsible)
{
	struct uuid id;

	if (!path_uuid(f, "account_id", &id))
		return FLOW_FAIL;
	return tell_or(f, FAULT_NOT_FOUND, SQL_ACCOUNT_APPOINT, P_CONSORTIUM(f),
		       P_ACCOUNT(f), P_UUID(&id), P_BOOL(is_responsible));
}

enum flow_next reply_account(struct flow *f)
{
	struct uuid id = rows_uuid(f->rows, 0, ACCOUNT_ID_COLUMN);

	tokens_forget(f->loop->tokens, &id);
	account_write(reply_json(f, 200), f->rows, 0);
	return FLOW_DONE;
}
