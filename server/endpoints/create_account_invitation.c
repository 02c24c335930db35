/*
 * POST /v1/account-invitations - invite somebody to an account. The token is
 * shown this once, to be handed on; whoever has it chooses the password.
 */
#include "base/text.h"
#include "endpoints/account_steps.h"
#include "records/codes.h"

struct invitation_new {
	const char *role, *login_name, *display_name, *consortium;
	struct uuid owner_id;
};

struct inviting {
	struct uuid id;
	struct once once;
};

static const struct field invitation_new_shape[] = {
	ENUM(struct invitation_new, role, account_role_words, REQUIRED),
	CODE(struct invitation_new, login_name, 3, 64, code_check_login,
	     REQUIRED | CASED),
	TEXT(struct invitation_new, display_name, 1, 50,
	     NULLABLE | TRIMMED | ONE_LINE),
	UUID(struct invitation_new, owner_id, NULLABLE),
	TEXT(struct invitation_new, consortium, 1, 32, NULLABLE),
	END_OF_FIELDS
};

/* Columns of schema/queries/account_invite.sql. */
enum { FLAW, EXPIRES_AT };

static flow_step invite, reply_invited;

const struct endpoint create_account_invitation = {
	.operation = "createAccountInvitation",
	.method = "POST",
	.path = "/v1/account-invitations",
	.allow = MANAGERS_OF_ACCOUNTS,
	.state_bytes = sizeof(struct inviting),
	.body = invitation_new_shape,
	.body_bytes = sizeof(struct invitation_new),
	.is_secret = true,
	.steps = { invite, reply_invited },
};

static enum flow_next invite(struct flow *f)
{
	const struct invitation_new *in = f->body;
	struct inviting *s = f->state;

	s->id = uuid_new();
	once_make(&s->once);
	return tell_or(f, FAULT_BUG, SQL_ACCOUNT_INVITE, P_CONSORTIUM(f),
		       P_ACCOUNT(f), P_ID(&s->id), P_TEXT(in->consortium),
		       P_TEXT(in->role), P_UUID(&in->owner_id),
		       P_TEXT(in->login_name), P_TEXT(in->display_name),
		       P_TEXT(s->once.hash));
}

/* The member that is wrong, and how. */
static enum flow_next refuse(struct flow *f, const char *member)
{
	const char *where = arena_print(f->mem, "#/%s", member);

	if (text_same(member, "login_name")) {
		flaws_add(&f->flaws, where, "duplicate", "is taken already",
			  "已被使用");
		return fail(f, FAULT_CONFLICT, "%s", "");
	}
	if (text_same(member, "role"))
		flaws_add(&f->flaws, where, "not-allowed",
			  "is not one's to give", "无权授予此角色");
	else
		flaws_add(&f->flaws, where, "not-found", "is not known here",
			  "没有这个值");
	return fail_flaws(f);
}

static enum flow_next reply_invited(struct flow *f)
{
	const struct invitation_new *in = f->body;
	const struct inviting *s = f->state;
	struct json_writer *w;

	if (!rows_is_null(f->rows, 0, FLAW))
		return refuse(f, arena_text(f->mem, rows_text(f->rows, 0, FLAW),
					    rows_bytes(f->rows, 0, FLAW)));
	w = reply_json(f, 201);
	json_object(w);
	json_member_uuid(w, "id", &s->id);
	json_member_text(w, "role", in->role);
	json_member_text(w, "login_name", in->login_name);
	json_member_time(w, "expires_at", rows_text(f->rows, 0, EXPIRES_AT));
	json_member_text(w, "token", s->once.token);
	json_end(w);
	return FLOW_DONE;
}
