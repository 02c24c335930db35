/* application.c - applications on their way out. */
#include "records/application.h"

#include "records/members.h"

enum { STUDENT_COLUMN = 16, INTERVIEWS_COLUMN = 25, HISTORY_COLUMN };

const char *const application_state_words[] = {
	"applied", "shortlisted", "interviewing", "offered", "hired",
	"placed", "withdrawn", "rejected", "expired", NULL
};

static const struct member members[] = {
	{ MEMBER_UUID, "id" },
	{ MEMBER_UUID, "posting_id" },
	{ MEMBER_TEXT, "posting_title" },
	{ MEMBER_TEXT, "posting_kind" },
	{ MEMBER_UUID, "enterprise_id" },
	{ MEMBER_TEXT, "enterprise_name" },
	{ MEMBER_UUID, "student_id" },
	{ MEMBER_TEXT, "state" },
	{ MEMBER_TEXT, "message" },
	{ MEMBER_INT, "score" },
	{ MEMBER_INT, "policy_version" },
	{ MEMBER_TIME, "lapses_at" },
	{ MEMBER_INT, "version" },
	{ MEMBER_TIME, "created_at" },
	{ MEMBER_TIME, "updated_at" },
	{ MEMBER_BOOL, "is_disclosed" },
	{ MEMBER_END, NULL }
};

/* Null where the reader may not know who it is. */
static void write_student(struct json_writer *w, const struct rows *rows,
			  int row)
{
	int at = STUDENT_COLUMN;

	json_key(w, "student");
	if (rows_is_null(rows, row, at)) {
		json_null(w);
		return;
	}
	json_object(w);
	member_text(w, "name", CELL(rows, row, at++));
	member_uuid(w, "school_id", CELL(rows, row, at++));
	member_text(w, "school_name", CELL(rows, row, at++));
	member_text(w, "specialty_code", CELL(rows, row, at++));
	member_text(w, "specialty_name", CELL(rows, row, at++));
	member_int(w, "entry_year", CELL(rows, row, at++));
	member_texts(w, "skills", CELL(rows, row, at++));
	member_texts(w, "certificates", CELL(rows, row, at));
	json_end(w);
}

void application_members(struct json_writer *w, const struct rows *rows,
			 int row)
{
	members_write(w, members, rows, row);
	write_student(w, rows, row);
}

void application_write(struct json_writer *w, const struct rows *rows,
		       int row)
{
	json_object(w);
	application_members(w, rows, row);
	json_end(w);
}

void application_story(struct json_writer *w, const struct rows *rows,
		       int row)
{
	member_json(w, "interviews", CELL(rows, row, INTERVIEWS_COLUMN));
	member_json(w, "history", CELL(rows, row, HISTORY_COLUMN));
}
