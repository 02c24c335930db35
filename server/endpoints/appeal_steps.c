/* appeal_steps.c - see appeal_steps.h. */
#include "endpoints/appeal_steps.h"

const struct field appeal_answer_shape[] = {
	TEXT(struct appeal_answer, answer, 1, 5000, REQUIRED | TRIMMED),
	END_OF_FIELDS
};

enum flow_next move_appeal(struct flow *f, const char *state,
			   const char *answer)
{
	struct appeal_at *s = f->state;

	if (!path_uuid(f, "round_id", &s->round_id) ||
	    !path_uuid(f, "appeal_id", &s->id))
		return FLOW_FAIL;
	return tell(f, SQL_APPEAL_MOVE, P_CONSORTIUM(f), P_UUID(&s->round_id),
		    P_UUID(&s->id), P_OWNER(f), P_TEXT(state), P_TEXT(answer),
		    P_ACCOUNT(f));
}

enum flow_next find_appeal(struct flow *f)
{
	struct appeal_at *s = f->state;

	return ask_one(f, SQL_APPEAL_BY_ID, P_CONSORTIUM(f),
		       P_UUID(&s->round_id), P_UUID(&s->id), P_OWNER(f));
}

enum flow_next reply_appeal(struct flow *f)
{
	reply_etag(f, rows_int(f->rows, 0, APPEAL_VERSION_COLUMN));
	appeal_write_whole(reply_json(f, 200), f->rows, 0);
	return FLOW_DONE;
}
