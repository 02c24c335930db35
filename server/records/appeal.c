/* appeal.c - appeals on their way out. */
#include "records/appeal.h"

#include "records/members.h"

enum { HISTORY_COLUMN = 14 };

const char *const appeal_state_words[] = { "open", "upheld", "refused",
					   "withdrawn", NULL };
const char *const appeal_grounds_words[] = {
	"data", "eligibility", "capacity", "procedure", "other", NULL
};

static const struct member members[] = {
	{ MEMBER_UUID, "id" },
	{ MEMBER_UUID, "round_id" },
	{ MEMBER_TEXT, "made_by" },
	{ MEMBER_UUID, "student_id" },
	{ MEMBER_TEXT, "student_name" },
	{ MEMBER_UUID, "posting_id" },
	{ MEMBER_TEXT, "posting_title" },
	{ MEMBER_TEXT, "grounds" },
	{ MEMBER_TEXT, "text" },
	{ MEMBER_TEXT, "state" },
	{ MEMBER_TEXT, "answer" },
	{ MEMBER_INT, "version" },
	{ MEMBER_TIME, "created_at" },
	{ MEMBER_TIME, "updated_at" },
	{ MEMBER_END, NULL }
};

void appeal_write(struct json_writer *w, const struct rows *rows, int row)
{
	json_object(w);
	members_write(w, members, rows, row);
	json_end(w);
}

void appeal_write_whole(struct json_writer *w, const struct rows *rows,
			int row)
{
	json_object(w);
	members_write(w, members, rows, row);
	member_json(w, "history", CELL(rows, row, HISTORY_COLUMN));
	json_end(w);
}
