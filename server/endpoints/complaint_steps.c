/* complaint_steps.c - see complaint_steps.h. */
#include "endpoints/complaint_steps.h"

static const struct constraint_flaw refusals[] = {
	{ "reason_given", "#/reason", "required",
	  "is required while there is no answer", "尚未答复时必须说明理由",
	  FAULT_BAD_BODY },
	{ NULL, NULL, NULL, NULL, NULL, FAULT_NONE }
};

enum flow_next move_complaint(struct flow *f, const char *state,
			      struct complaint_end end)
{
	struct complaint_at *s = f->state;

	if (!path_uuid(f, "complaint_id", &s->id))
		return FLOW_FAIL;
	explain_constraints(f, refusals);
	return tell(f, SQL_COMPLAINT_MOVE, P_CONSORTIUM(f), P_UUID(&s->id),
		    P_OWNER(f), P_TEXT(state), P_TEXT(end.answer),
		    P_TEXT(end.reason), P_ACCOUNT(f));
}

enum flow_next find_complaint(struct flow *f)
{
	struct complaint_at *s = f->state;

	return ask_one(f, SQL_COMPLAINT_BY_ID, P_CONSORTIUM(f), P_UUID(&s->id),
		       P_OWNER(f));
}

enum flow_next reply_complaint(struct flow *f)
{
	reply_etag(f, rows_int(f->rows, 0, COMPLAINT_VERSION_COLUMN));
	complaint_write_whole(reply_json(f, 200), f->rows, 0);
	return FLOW_DONE;
}
