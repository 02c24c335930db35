/* feed_steps.c - see feed_steps.h. */
#include "endpoints/feed_steps.h"

bool path_feed(struct flow *f)
{
	struct feed_at *s = f->state;

	if (!path_uuid(f, "enterprise_id", &s->id))
		return false;
	if (f->actor.scope == SCOPE_ALL ||
	    uuid_same(&s->id, &f->actor.owner_id))
		return true;
	return fail(f, FAULT_NOT_FOUND, "%s", "") != FLOW_FAIL;
}

enum flow_next find_feed(struct flow *f)
{
	struct feed_at *s = f->state;

	return ask_one(f, SQL_FEED_BY_ID, P_CONSORTIUM(f), P_ID(&s->id));
}

enum flow_next reply_feed(struct flow *f)
{
	reply_etag(f, rows_int(f->rows, 0, POSTING_FEED_VERSION_COLUMN));
	posting_feed_write(reply_json(f, 200), f->rows, 0);
	return FLOW_DONE;
}
