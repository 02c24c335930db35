/* placement.c - placements on their way out. */
#include "records/placement.h"

#include "records/members.h"

enum { CUTOFF_SCORE_COLUMN = 26, HISTORY_COLUMN = 30,
       NOTICES_COLUMN };

const char *const placement_state_words[] = {
	"proposed", "accepted", "declined", "lapsed", "agreement_signed",
	"started", "completed", "terminated", NULL
};

static const struct member members[] = {
	{ MEMBER_UUID, "id" },
	{ MEMBER_UUID, "round_id" },
	{ MEMBER_UUID, "run_id" },
	{ MEMBER_UUID, "student_id" },
	{ MEMBER_UUID, "posting_id" },
	{ MEMBER_UUID, "enterprise_id" },
	{ MEMBER_UUID, "post_category_id" },
	{ MEMBER_TEXT, "period_start" },
	{ MEMBER_TEXT, "period_end" },
	{ MEMBER_INT, "score" },
	{ MEMBER_INT, "choice" },
	{ MEMBER_TEXT, "state" },
	{ MEMBER_INT, "version" },
	{ MEMBER_TIME, "created_at" },
	{ MEMBER_TIME, "updated_at" },
	{ MEMBER_TEXT, "origin" },
	{ MEMBER_UUID, "offer_id" },
	{ MEMBER_TIME, "approved_at" },
	{ MEMBER_TEXT, "started_on" },
	{ MEMBER_TEXT, "ended_on" },
	{ MEMBER_TEXT, "posting_title" },
	{ MEMBER_TEXT, "enterprise_name" },
	{ MEMBER_TEXT, "student_name" },
	{ MEMBER_TEXT, "student_number" },
	{ MEMBER_BOOL, "is_proposed" },
	{ MEMBER_TIME, "decide_by" },
	{ MEMBER_END, NULL }
};

/* Null where the posting was not full: everybody who wished got in. */
static void write_cutoff(struct json_writer *w, const struct rows *rows,
			 int row)
{
	json_key(w, "cutoff");
	if (rows_is_null(rows, row, CUTOFF_SCORE_COLUMN)) {
		json_null(w);
		return;
	}
	json_object(w);
	member_int(w, "score", CELL(rows, row, CUTOFF_SCORE_COLUMN));
	member_int(w, "rank", CELL(rows, row, CUTOFF_SCORE_COLUMN + 1));
	member_int(w, "lottery", CELL(rows, row, CUTOFF_SCORE_COLUMN + 2));
	member_text(w, "binding", CELL(rows, row, CUTOFF_SCORE_COLUMN + 3));
	json_end(w);
}

void placement_write(struct json_writer *w, const struct rows *rows, int row)
{
	json_object(w);
	members_write(w, members, rows, row);
	write_cutoff(w, rows, row);
	json_end(w);
}

void placement_write_whole(struct json_writer *w, const struct rows *rows,
			   int row)
{
	json_object(w);
	members_write(w, members, rows, row);
	write_cutoff(w, rows, row);
	member_json(w, "history", CELL(rows, row, HISTORY_COLUMN));
	member_json(w, "notices", CELL(rows, row, NOTICES_COLUMN));
	json_end(w);
}
