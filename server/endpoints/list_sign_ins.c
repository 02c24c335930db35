/*
 * GET /v1/me/sign-ins - when, how and from where one signed in, also where it
 * is over: kept as long as GET /v1/retention says.
 */
#include "flow/everybody.h"
#include "flow/flow.h"
#include "records/members.h"
#include "wire/sql.h"

static flow_step find_sign_ins, reply_sign_ins;

const struct endpoint list_sign_ins = {
	.operation = "listSignIns",
	.method = "GET",
	.path = "/v1/me/sign-ins",
	.allow = PEOPLE_FOR_THEMSELVES,
	.is_paged = true,
	.steps = { find_sign_ins, reply_sign_ins },
};

/* Columns of schema/queries/sign_ins_list.sql. */
enum { ID_COLUMN = 0 };

static const struct member members[] = {
	{ MEMBER_UUID, "session_id" },
	{ MEMBER_TIME, "at" },
	{ MEMBER_TEXT, "method" },
	{ MEMBER_UUID, "provider_id" },
	{ MEMBER_TEXT, "address" },
	{ MEMBER_TEXT, "user_agent" },
	{ MEMBER_TIME, "ended_at" },
	{ MEMBER_END, NULL }
};

static enum flow_next find_sign_ins(struct flow *f)
{
	return ask(f, SQL_SIGN_INS_LIST, P_CONSORTIUM(f), P_ACCOUNT(f),
		   P_AFTER(f, 0), PAGE_ROWS(f));
}

static void write_sign_in(struct json_writer *w, const struct rows *rows,
			  int row)
{
	json_object(w);
	members_write(w, members, rows, row);
	json_end(w);
}

static enum flow_next reply_sign_ins(struct flow *f)
{
	return reply_page(f, write_sign_in, ID_COLUMN);
}
