/* GET /v1/sessions - where the account is signed in. */
#include "flow/everybody.h"
#include "flow/flow.h"
#include "records/members.h"

static flow_step find_sessions, reply_sessions;

const struct endpoint list_sessions = {
	.operation = "listSessions",
	.method = "GET",
	.path = "/v1/sessions",
	.allow = PEOPLE_FOR_THEMSELVES,
	.is_paged = true,
	.steps = { find_sessions, reply_sessions },
};

/* Columns of schema/queries/sessions_list.sql. */
enum { ID_COLUMN = 0 };

static const struct member members[] = {
	{ MEMBER_UUID, "id" },
	{ MEMBER_TIME, "created_at" },
	{ MEMBER_TIME, "expires_at" },
	{ MEMBER_TEXT, "address" },
	{ MEMBER_TEXT, "user_agent" },
	{ MEMBER_BOOL, "is_current" },
	{ MEMBER_END, NULL }
};

static enum flow_next find_sessions(struct flow *f)
{
	return ask(f, SQL_SESSIONS_LIST, P_CONSORTIUM(f), P_ACCOUNT(f),
		   P_ID(&f->actor.session_id), P_AFTER(f, 0), PAGE_ROWS(f));
}

static void write_session(struct json_writer *w, const struct rows *rows,
			  int row)
{
	json_object(w);
	members_write(w, members, rows, row);
	json_end(w);
}

static enum flow_next reply_sessions(struct flow *f)
{
	return reply_page(f, write_session, ID_COLUMN);
}
