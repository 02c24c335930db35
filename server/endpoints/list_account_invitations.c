/* GET /v1/account-invitations - the open ones that one answers for. */
#include "endpoints/account_steps.h"
#include "records/members.h"

static flow_step find_invitations, reply_invitations;

const struct endpoint list_account_invitations = {
	.operation = "listAccountInvitations",
	.method = "GET",
	.path = "/v1/account-invitations",
	.allow = MANAGERS_OF_ACCOUNTS,
	.is_paged = true,
	.steps = { find_invitations, reply_invitations },
};

static enum flow_next find_invitations(struct flow *f)
{
	return ask(f, SQL_ACCOUNT_INVITATIONS_LIST, P_CONSORTIUM(f),
		   P_ACCOUNT(f), P_AFTER(f, 0), PAGE_ROWS(f));
}

static void write_invitation(struct json_writer *w, const struct rows *rows,
			     int row)
{
	static const struct member members[] = {
		{ MEMBER_UUID, "id" },
		{ MEMBER_BOOL, "is_reset" },
		{ MEMBER_TEXT, "role" },
		{ MEMBER_TEXT, "login_name" },
		{ MEMBER_TEXT, "display_name" },
		{ MEMBER_UUID, "owner_id" },
		{ MEMBER_TIME, "created_at" },
		{ MEMBER_TIME, "expires_at" },
		{ MEMBER_END, NULL }
	};

	json_object(w);
	members_write(w, members, rows, row);
	json_end(w);
}

static enum flow_next reply_invitations(struct flow *f)
{
	return reply_page(f, write_invitation, 0);
}
