/* specialty_edition.c - see specialty_edition.h. */
#include "records/specialty_edition.h"

#include "records/members.h"

enum { LIST_RULE = 15, LIST_HISTORY, ENTRY_EVIDENCE = 19, APPEAL_HISTORY = 15 };

const char *const specialty_list_state_words[] = {
	"draft", "comment", "decided", "published", "cancelled", NULL
};
const char *const specialty_appeal_state_words[] = { "open", "upheld",
						     "refused", "withdrawn",
						     NULL };

static const struct member list_members[] = {
	{ MEMBER_UUID, "id" },
	{ MEMBER_TEXT, "name" },
	{ MEMBER_INT, "year" },
	{ MEMBER_INT, "policy_version" },
	{ MEMBER_TEXT, "state" },
	{ MEMBER_TIME, "comments_by" },
	{ MEMBER_TIME, "published_at" },
	{ MEMBER_INT, "restricted" },
	{ MEMBER_INT, "strengthened" },
	{ MEMBER_INT, "upgraded" },
	{ MEMBER_INT, "departed" },
	{ MEMBER_INT, "open_appeals" },
	{ MEMBER_INT, "version" },
	{ MEMBER_TIME, "created_at" },
	{ MEMBER_TIME, "updated_at" },
	{ MEMBER_END, NULL }
};

static const struct member entry_members[] = {
	{ MEMBER_UUID, "id" },
	{ MEMBER_UUID, "list_id" },
	{ MEMBER_TEXT, "specialty" },
	{ MEMBER_TEXT, "specialty_name" },
	{ MEMBER_TEXT, "level" },
	{ MEMBER_UUID, "school_id" },
	{ MEMBER_TEXT, "school_name" },
	{ MEMBER_TEXT, "outcome" },
	{ MEMBER_TEXT, "rule_outcome" },
	{ MEMBER_TEXT, "decided_because" },
	{ MEMBER_TIME, "decided_at" },
	{ MEMBER_TEXT, "outcome_before" },
	{ MEMBER_BOOL, "is_hidden" },
	{ MEMBER_BOOL, "is_stable" },
	{ MEMBER_TEXT, "with_more" },
	{ MEMBER_TEXT, "with_fewer" },
	{ MEMBER_INT, "cohorts" },
	{ MEMBER_INT, "graduates" },
	{ MEMBER_INT, "version" },
	{ MEMBER_END, NULL }
};

static const struct member appeal_members[] = {
	{ MEMBER_UUID, "id" },
	{ MEMBER_UUID, "list_id" },
	{ MEMBER_UUID, "entry_id" },
	{ MEMBER_TEXT, "specialty" },
	{ MEMBER_TEXT, "specialty_name" },
	{ MEMBER_BOOL, "is_of_all_schools" },
	{ MEMBER_UUID, "school_id" },
	{ MEMBER_TEXT, "school_name" },
	{ MEMBER_TEXT, "asks" },
	{ MEMBER_TEXT, "text" },
	{ MEMBER_TEXT, "state" },
	{ MEMBER_TEXT, "answer" },
	{ MEMBER_INT, "version" },
	{ MEMBER_TIME, "created_at" },
	{ MEMBER_TIME, "updated_at" },
	{ MEMBER_END, NULL }
};

static void write(struct json_writer *w, const struct member *table,
		  const struct rows *rows, int row)
{
	json_object(w);
	members_write(w, table, rows, row);
	json_end(w);
}

void specialty_edition_write(struct json_writer *w, const struct rows *rows,
			     int row)
{
	write(w, list_members, rows, row);
}

void specialty_edition_write_whole(struct json_writer *w,
				   const struct rows *rows, int row)
{
	json_object(w);
	members_write(w, list_members, rows, row);
	member_json(w, "rule", CELL(rows, row, LIST_RULE));
	member_json(w, "history", CELL(rows, row, LIST_HISTORY));
	json_end(w);
}

void specialty_kept_write(struct json_writer *w, const struct rows *rows,
			  int row)
{
	write(w, entry_members, rows, row);
}

void specialty_kept_write_whole(struct json_writer *w,
				const struct rows *rows, int row)
{
	json_object(w);
	members_write(w, entry_members, rows, row);
	member_json(w, "evidence", CELL(rows, row, ENTRY_EVIDENCE));
	json_end(w);
}

void specialty_appeal_write(struct json_writer *w, const struct rows *rows,
			    int row)
{
	write(w, appeal_members, rows, row);
}

void specialty_appeal_write_whole(struct json_writer *w,
				  const struct rows *rows, int row)
{
	json_object(w);
	members_write(w, appeal_members, rows, row);
	member_json(w, "history", CELL(rows, row, APPEAL_HISTORY));
	json_end(w);
}
