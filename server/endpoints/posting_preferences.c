/* posting_preferences.c - see posting_preferences.h. */
#include "endpoints/posting_preferences.h"

#include "records/members.h"
#include "wire/sql.h"

enum { STUDENT_COLUMN = 1, VERSION_COLUMN = 4, UPDATED_COLUMN = 5 };

enum flow_next find_ranked_posting(struct flow *f)
{
	struct posting_preferences *s = f->state;

	if (!path_uuid(f, "posting_id", &s->matching.posting_id))
		return FLOW_FAIL;
	return ask_one(f, SQL_POSTING_TO_RANK, P_CONSORTIUM(f),
		       P_UUID(&s->matching.posting_id), P_OWNER(f));
}

enum flow_next find_posting_ranking(struct flow *f)
{
	struct posting_preferences *s = f->state;

	return ask(f, SQL_POSTING_RANKING, P_CONSORTIUM(f),
		   P_UUID(&s->round_id), P_UUID(&s->matching.posting_id));
}

static void write_ranked(struct json_writer *w, const struct rows *rows,
			 int row)
{
	static const struct member members[] = {
		{ MEMBER_INT, "rank" },
		{ MEMBER_UUID, "student_id" },
		{ MEMBER_TEXT, "specialty_code" },
		{ MEMBER_INT, "entry_year" },
		{ MEMBER_END, NULL }
	};

	json_object(w);
	members_write(w, members, rows, row);
	json_end(w);
}

enum flow_next reply_posting_ranking(struct flow *f)
{
	struct posting_preferences *s = f->state;
	bool is_there = rows_count(f->rows) > 0;
	int64_t version = is_there ? rows_int(f->rows, 0, VERSION_COLUMN) : 0;
	struct json_writer *w;

	reply_etag(f, version);
	w = reply_json(f, 200);
	json_object(w);
	json_member_uuid(w, "posting_id", &s->matching.posting_id);
	json_member_uuid(w, "round_id", &s->round_id);
	json_member_int(w, "version", version);
	json_member_time(w, "updated_at",
			 is_there ? rows_text(f->rows, 0, UPDATED_COLUMN) : "");
	json_key(w, "items");
	json_array(w);
	for (int i = 0; i < rows_count(f->rows); i++)
		if (!rows_is_null(f->rows, i, STUDENT_COLUMN))
			write_ranked(w, f->rows, i);
	json_end(w);
	json_end(w);
	return FLOW_DONE;
}
