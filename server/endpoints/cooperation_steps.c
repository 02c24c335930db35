/* cooperation_steps.c - see cooperation_steps.h. */
#include "endpoints/cooperation_steps.h"

enum flow_next move_cooperation(struct flow *f, const char *state,
				const char *reason)
{
	struct cooperation_at *s = f->state;

	if (!path_uuid(f, "posting_id", &s->id))
		return FLOW_FAIL;
	return tell(f, SQL_COOPERATION_MOVE, P_CONSORTIUM(f), P_UUID(&s->id),
		    P_OWNER(f), P_TEXT(state), P_INT(f->if_match),
		    P_TEXT(reason), P_ACCOUNT(f));
}

enum flow_next find_cooperation(struct flow *f)
{
	struct cooperation_at *s = f->state;

	return ask_one(f, SQL_COOPERATION_BY_ID, P_CONSORTIUM(f),
		       P_UUID(&s->id), P_OWNER(f));
}

enum flow_next reply_cooperation(struct flow *f)
{
	reply_etag(f, rows_int(f->rows, 0, COOPERATION_VERSION_COLUMN));
	cooperation_write_whole(reply_json(f, 200), f->rows, 0);
	return FLOW_DONE;
}
