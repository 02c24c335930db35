/* internship_log.c - weekly reports on their way out. */
#include "records/internship_log.h"

#include "records/members.h"

const char *const mark_words[] = { "excellent", "good", "pass", "fail", NULL };

static const struct member members[] = {
	{ MEMBER_UUID, "id" },
	{ MEMBER_UUID, "placement_id" },
	{ MEMBER_INT, "week" },
	{ MEMBER_TEXT, "first_day" },
	{ MEMBER_TEXT, "text" },
	{ MEMBER_BOOL, "is_late" },
	{ MEMBER_TEXT, "school_mark" },
	{ MEMBER_TEXT, "school_note" },
	{ MEMBER_TEXT, "enterprise_mark" },
	{ MEMBER_TEXT, "enterprise_note" },
	{ MEMBER_INT, "version" },
	{ MEMBER_TIME, "created_at" },
	{ MEMBER_TIME, "updated_at" },
	{ MEMBER_END, NULL }
};

void log_write(struct json_writer *w, const struct rows *rows, int row)
{
	json_object(w);
	members_write(w, members, rows, row);
	json_end(w);
}
