/* GET /v1/me - the account behind the token. */
#include "flow/everybody.h"
#include "flow/flow.h"

static flow_step find_account, reply_account;

const struct endpoint get_me = {
	.operation = "getMe",
	.method = "GET",
	.path = "/v1/me",
	.allow = EVERYBODY_FOR_THEMSELVES,
	.steps = { find_account, reply_account },
};

/* Columns of schema/queries/account_with_owner.sql. */
enum { LOGIN, DISPLAY_NAME, OWNER_KIND, OWNER_NAME, CONSORTIUM_SLUG,
       CONSORTIUM_NAME };

static enum flow_next find_account(struct flow *f)
{
	return ask_one(f, SQL_ACCOUNT_WITH_OWNER, P_CONSORTIUM(f),
		       P_ACCOUNT(f));
}

static void write_owner(struct json_writer *w, const struct flow *f)
{
	json_key(w, "owner");
	json_object(w);
	json_member_text(w, "kind", rows_text(f->rows, 0, OWNER_KIND));
	json_member_uuid(w, "id", &f->actor.owner_id);
	json_member_text(w, "name", rows_text(f->rows, 0, OWNER_NAME));
	json_end(w);
}

static void write_consortium(struct json_writer *w, const struct flow *f)
{
	json_key(w, "consortium");
	json_object(w);
	json_key(w, "id");
	json_uuid(w, &f->actor.consortium_id);
	json_member_text(w, "slug", rows_text(f->rows, 0, CONSORTIUM_SLUG));
	json_member_text(w, "name", rows_text(f->rows, 0, CONSORTIUM_NAME));
	json_end(w);
}

static enum flow_next reply_account(struct flow *f)
{
	struct json_writer *w = reply_json(f, 200);

	json_object(w);
	json_member_uuid(w, "account_id", &f->actor.account_id);
	json_member_text(w, "role", role_word(f->actor.role));
	json_member_text(w, "login_name", rows_text(f->rows, 0, LOGIN));
	json_member_text(w, "display_name",
			 rows_is_null(f->rows, 0, DISPLAY_NAME) ?
			 NULL : rows_text(f->rows, 0, DISPLAY_NAME));
	json_member_bool(w, "is_key", f->actor.is_key);
	write_owner(w, f);
	write_consortium(w, f);
	json_end(w);
	return FLOW_DONE;
}
