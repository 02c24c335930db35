/* GET /v1/me/identities - as whom schools' providers know one. */
#include "flow/everybody.h"
#include "flow/flow.h"
#include "records/members.h"
#include "wire/sql.h"

static flow_step find_identities, reply_identities;

const struct endpoint list_identities = {
	.operation = "listIdentities",
	.method = "GET",
	.path = "/v1/me/identities",
	.allow = PEOPLE_FOR_THEMSELVES,
	.is_paged = true,
	.steps = { find_identities, reply_identities },
};

/* Columns of schema/queries/identities_list.sql. */
enum { ID_COLUMN = 0 };

static const struct member members[] = {
	{ MEMBER_UUID, "id" },
	{ MEMBER_UUID, "provider_id" },
	{ MEMBER_TEXT, "provider_name" },
	{ MEMBER_UUID, "school_id" },
	{ MEMBER_TEXT, "issuer" },
	{ MEMBER_TEXT, "subject" },
	{ MEMBER_TIME, "created_at" },
	{ MEMBER_TIME, "used_at" },
	{ MEMBER_END, NULL }
};

static enum flow_next find_identities(struct flow *f)
{
	return ask(f, SQL_IDENTITIES_LIST, P_CONSORTIUM(f), P_ACCOUNT(f),
		   P_AFTER(f, 0), PAGE_ROWS(f));
}

static void write_identity(struct json_writer *w, const struct rows *rows,
			   int row)
{
	json_object(w);
	members_write(w, members, rows, row);
	json_end(w);
}

static enum flow_next reply_identities(struct flow *f)
{
	return reply_page(f, write_identity, ID_COLUMN);
}
