/* preferences.c - see preferences.h. */
#include "endpoints/preferences.h"

#include "records/members.h"
#include "wire/sql.h"

enum flow_next find_wishing_student(struct flow *f)
{
	struct preferences *s = f->state;

	if (!path_uuid(f, "student_id", &s->matching.student_id))
		return FLOW_FAIL;
	return ask_one(f, SQL_STUDENT_OWNER, P_CONSORTIUM(f),
		       P_UUID(&s->matching.student_id), P_OWNER(f));
}

enum flow_next find_wishes(struct flow *f)
{
	struct preferences *s = f->state;

	return ask(f, SQL_WISHES_OF_STUDENT, P_CONSORTIUM(f),
		   P_UUID(&s->round_id), P_UUID(&s->matching.student_id));
}

static void write_wish(struct json_writer *w, const struct rows *rows, int row)
{
	static const struct member members[] = {
		{ MEMBER_INT, "rank" },
		{ MEMBER_UUID, "posting_id" },
		{ MEMBER_TEXT, "title" },
		{ MEMBER_TEXT, "enterprise_name" },
		{ MEMBER_END, NULL }
	};

	json_object(w);
	members_write(w, members, rows, row);
	json_end(w);
}

enum flow_next reply_preferences(struct flow *f)
{
	struct preferences *s = f->state;
	bool is_there = rows_count(f->rows) > 0;
	int64_t version = is_there ? rows_int(f->rows, 0, 4) : 0;
	struct json_writer *w;

	reply_etag(f, version);
	w = reply_json(f, 200);
	json_object(w);
	json_member_uuid(w, "student_id", &s->matching.student_id);
	json_member_uuid(w, "round_id", &s->round_id);
	json_member_int(w, "version", version);
	json_member_time(w, "updated_at",
			 is_there ? rows_text(f->rows, 0, 5) : "");
	json_member_time(w, "certified_at",
			 is_there ? rows_text(f->rows, 0, 7) : "");
	json_member_bool(w, "is_proposed",
			 is_there && rows_bool(f->rows, 0, 6));
	json_key(w, "items");
	json_array(w);
	for (int i = 0; i < rows_count(f->rows); i++)
		if (!rows_is_null(f->rows, i, 1))
			write_wish(w, f->rows, i);
	json_end(w);
	json_end(w);
	return FLOW_DONE;
}
