/* complaint.c - complaints on their way out. */
#include "records/complaint.h"

#include "records/members.h"

enum { HISTORY_COLUMN = 13 };

const char *const complaint_state_words[] = { "open", "answered", "closed",
					      NULL };
const char *const complaint_subject_words[] = {
	"pay", "hours", "safety", "fees", "discrimination", "personal-data",
	"conduct", "absence", "other", NULL
};

static const struct member members[] = {
	{ MEMBER_UUID, "id" },
	{ MEMBER_TEXT, "made_by" },
	{ MEMBER_UUID, "student_id" },
	{ MEMBER_UUID, "enterprise_id" },
	{ MEMBER_TEXT, "enterprise_name" },
	{ MEMBER_TEXT, "subject" },
	{ MEMBER_TEXT, "text" },
	{ MEMBER_TEXT, "answer" },
	{ MEMBER_TEXT, "state" },
	{ MEMBER_INT, "version" },
	{ MEMBER_TIME, "created_at" },
	{ MEMBER_TIME, "updated_at" },
	{ MEMBER_TEXT, "student_name" },
	{ MEMBER_END, NULL }
};

void complaint_write(struct json_writer *w, const struct rows *rows, int row)
{
	json_object(w);
	members_write(w, members, rows, row);
	json_end(w);
}

void complaint_write_whole(struct json_writer *w, const struct rows *rows,
			   int row)
{
	json_object(w);
	members_write(w, members, rows, row);
	member_json(w, "history", CELL(rows, row, HISTORY_COLUMN));
	json_end(w);
}
