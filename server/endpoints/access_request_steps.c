/* access_request_steps.c - see access_request_steps.h. */
#include "endpoints/access_request_steps.h"

#include "base/text.h"

enum flow_next decide_access(struct flow *f, const char *until,
			     const char *because)
{
	struct access_request_at *s = f->state;

	if (!path_uuid(f, "access_request_id", &s->id))
		return FLOW_FAIL;
	return tell_or(f, FAULT_BUG, SQL_ACCESS_REQUEST_DECIDE,
		       P_CONSORTIUM(f), P_ACCOUNT(f), P_ID(&s->id),
		       P_TEXT(until), P_TEXT(because));
}

enum flow_next see_decision(struct flow *f)
{
	struct access_request_at *s = f->state;
	const char *came = rows_text(f->rows, 0, 0);

	if (text_same(came, "none"))
		return fail(f, FAULT_NOT_FOUND, "%s", "");
	if (text_same(came, "not-responsible"))
		return fail(f, FAULT_FORBIDDEN, "%s",
			    "a colleague who is responsible decides");
	if (text_same(came, "late"))
		return fail(f, FAULT_BAD_STATE, "%s",
			    "the request is decided already, or over");
	if (text_same(came, "range")) {
		flaws_add(&f->flaws, "#/until", "out-of-range",
			  "must be in the future, 180 days ahead at most",
			  "必须是未来 180 天之内的时间");
		return fail_flaws(f);
	}
	return ask_one(f, SQL_ACCESS_REQUEST_BY_ID, P_CONSORTIUM(f),
		       P_ID(&s->id));
}

enum flow_next reply_decided(struct flow *f)
{
	access_request_write(reply_json(f, 200), f->rows, 0);
	return FLOW_DONE;
}
