/* offer.c - offers on their way out. */
#include "records/offer.h"

#include "records/members.h"

enum { HISTORY_COLUMN = 18 };

const char *const offer_state_words[] = { "made", "accepted", "declined",
					  "withdrawn", "expired", NULL };

static const struct member members[] = {
	{ MEMBER_UUID, "id" },
	{ MEMBER_UUID, "application_id" },
	{ MEMBER_UUID, "posting_id" },
	{ MEMBER_TEXT, "posting_title" },
	{ MEMBER_TEXT, "posting_kind" },
	{ MEMBER_UUID, "enterprise_id" },
	{ MEMBER_TEXT, "enterprise_name" },
	{ MEMBER_UUID, "student_id" },
	{ MEMBER_TEXT, "starts_on" },
	{ MEMBER_TEXT, "ends_on" },
	{ MEMBER_INT, "pay_fen" },
	{ MEMBER_TIME, "reply_by" },
	{ MEMBER_TEXT, "terms" },
	{ MEMBER_UUID, "placement_id" },
	{ MEMBER_TEXT, "state" },
	{ MEMBER_INT, "version" },
	{ MEMBER_TIME, "created_at" },
	{ MEMBER_TIME, "updated_at" },
	{ MEMBER_END, NULL }
};

void offer_write(struct json_writer *w, const struct rows *rows, int row)
{
	json_object(w);
	members_write(w, members, rows, row);
	json_end(w);
}

void offer_write_whole(struct json_writer *w, const struct rows *rows,
		       int row)
{
	json_object(w);
	members_write(w, members, rows, row);
	member_json(w, "history", CELL(rows, row, HISTORY_COLUMN));
	json_end(w);
}
