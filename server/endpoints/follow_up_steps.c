/* follow_up_steps.c - see follow_up_steps.h. */
#include "endpoints/follow_up_steps.h"

#include "base/text.h"

bool path_follow_up(struct flow *f)
{
	struct follow_up_at *s = f->state;
	int64_t months;

	if (!path_uuid(f, "student_id", &s->id))
		return false;
	if (text_to_int(path_text(f, "months"), &months) && months % 6 == 0 &&
	    months >= 6 && months <= 24)
		s->months = months;
	if (!s->months)
		(void)fail(f, FAULT_NOT_FOUND, "%s", "");
	return s->months > 0;
}

enum flow_next find_follow_up(struct flow *f)
{
	struct follow_up_at *s = f->state;

	return ask_one(f, SQL_FOLLOW_UP_BY_ID, P_CONSORTIUM(f), P_UUID(&s->id),
		       P_OWNER(f), P_INT(s->months));
}

enum flow_next reply_follow_up(struct flow *f)
{
	reply_etag(f, rows_int(f->rows, 0, FOLLOW_UP_VERSION_COLUMN));
	follow_up_write(reply_json(f, 200), f->rows, 0);
	return FLOW_DONE;
}
