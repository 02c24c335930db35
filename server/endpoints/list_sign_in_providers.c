/* GET /v1/sign-in-providers - what a page to sign in offers. */
#include "flow/everybody.h"
#include "flow/flow.h"
#include "records/members.h"
#include "wire/sql.h"

struct sign_in_filter {
	const char *consortium;
	struct uuid school_id;
};

static const struct field filter_shape[] = {
	TEXT(struct sign_in_filter, consortium, 1, 32, REQUIRED),
	UUID(struct sign_in_filter, school_id, OPTIONAL),
	END_OF_FIELDS
};

static flow_step find_providers, reply_providers;

const struct endpoint list_sign_in_providers = {
	.operation = "listSignInProviders",
	.method = "GET",
	.path = "/v1/sign-in-providers",
	.allow = EVERYBODY,
	.query = filter_shape,
	.query_bytes = sizeof(struct sign_in_filter),
	.is_paged = true,
	.steps = { find_providers, reply_providers },
};

/* Columns of schema/queries/identity_providers_open.sql. */
enum { ID_COLUMN = 0 };

static const struct member members[] = {
	{ MEMBER_UUID, "id" },
	{ MEMBER_TEXT, "name" },
	{ MEMBER_UUID, "school_id" },
	{ MEMBER_TEXT, "school_name" },
	{ MEMBER_END, NULL }
};

static enum flow_next find_providers(struct flow *f)
{
	const struct sign_in_filter *q = f->query;

	return ask(f, SQL_IDENTITY_PROVIDERS_OPEN, P_TEXT(q->consortium),
		   P_UUID(&q->school_id), P_AFTER(f, 0), PAGE_ROWS(f));
}

static void write_provider(struct json_writer *w, const struct rows *rows,
			   int row)
{
	json_object(w);
	members_write(w, members, rows, row);
	json_end(w);
}

static enum flow_next reply_providers(struct flow *f)
{
	return reply_page(f, write_provider, ID_COLUMN);
}
