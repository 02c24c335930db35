/*
 * GET /v1/rounds/{round_id}/reminders - who was reminded before the round
 * closes: oneself, one's students, one's postings, or all.
 */
#include <stddef.h>

#include "flow/flow.h"
#include "records/members.h"
#include "wire/sql.h"

struct reminder_filter {
	const char *kind;
};

static const char *const kind_words[] = { "list-missing", "list-uncertified",
					  "ranking-missing", NULL };

static const struct field filter_shape[] = {
	ENUM(struct reminder_filter, kind, kind_words, OPTIONAL),
	END_OF_FIELDS
};

struct reminded_round {
	struct uuid id;
};

static flow_step find_round, find_reminders, reply_reminders;

const struct endpoint list_round_reminders = {
	.operation = "listRoundReminders",
	.method = "GET",
	.path = "/v1/rounds/{round_id}/reminders",
	.allow = { [ROLE_STUDENT] = SCOPE_OWN, [ROLE_ENTERPRISE] = SCOPE_OWN,
		   [ROLE_SCHOOL] = SCOPE_OWN, [ROLE_OFFICE] = SCOPE_ALL },
	.state_bytes = sizeof(struct reminded_round),
	.query = filter_shape,
	.query_bytes = sizeof(struct reminder_filter),
	.is_paged = true,
	.steps = { find_round, find_reminders, reply_reminders },
};

static enum flow_next find_round(struct flow *f)
{
	struct reminded_round *s = f->state;

	if (!path_uuid(f, "round_id", &s->id))
		return FLOW_FAIL;
	return ask_one(f, SQL_ROUND_BY_ID, P_CONSORTIUM(f), P_UUID(&s->id),
		       P_BOOL(f->actor.scope == SCOPE_ALL));
}

static enum flow_next find_reminders(struct flow *f)
{
	const struct reminder_filter *q = f->query;
	struct reminded_round *s = f->state;

	return ask(f, SQL_ROUND_REMINDERS_LIST, P_CONSORTIUM(f),
		   P_UUID(&s->id), P_OWNER(f), P_TEXT(q->kind), P_AFTER(f, 0),
		   P_AFTER(f, 1), PAGE_ROWS(f));
}

static void write_reminder(struct json_writer *w, const struct rows *rows,
			   int row)
{
	static const struct member members[] = {
		{ MEMBER_UUID, "id" },
		{ MEMBER_UUID, "round_id" },
		{ MEMBER_TEXT, "kind" },
		{ MEMBER_UUID, "student_id" },
		{ MEMBER_UUID, "posting_id" },
		{ MEMBER_TEXT, "title" },
		{ MEMBER_TIME, "created_at" },
		{ MEMBER_END, NULL }
	};

	json_object(w);
	members_write(w, members, rows, row);
	json_end(w);
}

static enum flow_next reply_reminders(struct flow *f)
{
	enum { ID_COLUMN, CREATED_COLUMN = 6 };

	return reply_page(f, write_reminder, CREATED_COLUMN, ID_COLUMN);
}
