/*
 * GET /v1/audit - what was decided and by whom, newest first, each entry with
 * the text and the hashes by which anybody can check the chain.
 */
#include "flow/flow.h"
#include "records/members.h"
#include "wire/sql.h"

struct audit_filter {
	const char *action;
	struct uuid subject_id, actor;
	const char *since;
};

static const struct field filter_shape[] = {
	TEXT(struct audit_filter, action, 1, 60, OPTIONAL),
	UUID(struct audit_filter, subject_id, OPTIONAL),
	UUID(struct audit_filter, actor, OPTIONAL),
	TIME(struct audit_filter, since, OPTIONAL),
	END_OF_FIELDS
};

static flow_step find_entries, reply_entries;

const struct endpoint list_audit = {
	.operation = "listAudit",
	.method = "GET",
	.path = "/v1/audit",
	.allow = { [ROLE_OFFICE] = SCOPE_ALL },
	.query = filter_shape,
	.query_bytes = sizeof(struct audit_filter),
	.is_paged = true,
	.steps = { find_entries, reply_entries },
};

static enum flow_next find_entries(struct flow *f)
{
	const struct audit_filter *q = f->query;

	return ask(f, SQL_AUDIT_LIST, P_CONSORTIUM(f), P_TEXT(q->action),
		   P_UUID(&q->subject_id), P_UUID(&q->actor),
		   P_TEXT(q->since), P_AFTER(f, 0), PAGE_ROWS(f));
}

/* Columns of schema/queries/audit_list.sql; the number is the cursor. */
enum { SEQ_COLUMN };

static void write_entry(struct json_writer *w, const struct rows *rows,
			int row)
{
	static const struct member members[] = {
		{ MEMBER_INT, "seq" },
		{ MEMBER_TIME, "at" },
		{ MEMBER_UUID, "actor" },
		{ MEMBER_TEXT, "action" },
		{ MEMBER_TEXT, "subject_kind" },
		{ MEMBER_UUID, "subject_id" },
		{ MEMBER_JSON, "detail" },
		{ MEMBER_TEXT, "hashed" },
		{ MEMBER_TEXT, "prev_hash" },
		{ MEMBER_TEXT, "hash" },
		{ MEMBER_END, NULL }
	};

	json_object(w);
	members_write(w, members, rows, row);
	json_end(w);
}

static enum flow_next reply_entries(struct flow *f)
{
	return reply_page(f, write_entry, SEQ_COLUMN);
}
