/* destination_steps.c - see destination_steps.h. */
#include "endpoints/destination_steps.h"

const char *const destination_sex_words[] = { "female", "male", "unknown",
					      NULL };

bool path_destination(struct flow *f)
{
	struct destination_at *s = f->state;

	return path_uuid(f, "student_id", &s->id);
}

enum flow_next find_destination(struct flow *f)
{
	struct destination_at *s = f->state;

	return ask_one(f, SQL_DESTINATION_BY_ID, P_CONSORTIUM(f),
		       P_UUID(&s->id), P_OWNER(f));
}

enum flow_next reply_destination(struct flow *f)
{
	reply_etag(f, rows_int(f->rows, 0, DESTINATION_VERSION_COLUMN));
	destination_write_whole(reply_json(f, 200), f->rows, 0);
	return FLOW_DONE;
}
