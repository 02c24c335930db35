/* offer_steps.c - see offer_steps.h. */
#include "endpoints/offer_steps.h"

#include "endpoints/application_steps.h"

enum flow_next end_offer(struct flow *f, const char *state)
{
	const struct move_text *in = f->body;
	struct offer_at *s = f->state;

	if (!path_uuid(f, "offer_id", &s->id))
		return FLOW_FAIL;
	return tell(f, SQL_OFFER_END, P_CONSORTIUM(f), P_UUID(&s->id),
		    P_OWNER(f), P_TEXT(state), P_TEXT(in->reason),
		    P_ACCOUNT(f));
}

enum flow_next ask_offer(struct flow *f, const struct uuid *id)
{
	return ask_one(f, SQL_OFFER_BY_ID, P_CONSORTIUM(f), P_UUID(id),
		       P_OWNER(f));
}

enum flow_next find_offer(struct flow *f)
{
	struct offer_at *s = f->state;

	return ask_offer(f, &s->id);
}

enum flow_next reply_offer(struct flow *f)
{
	reply_etag(f, rows_int(f->rows, 0, OFFER_VERSION_COLUMN));
	offer_write_whole(reply_json(f, 200), f->rows, 0);
	return FLOW_DONE;
}
