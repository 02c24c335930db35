/* quota_exemption_steps.c - see quota_exemption_steps.h. */
#include "endpoints/quota_exemption_steps.h"

enum flow_next find_exemption(struct flow *f)
{
	struct quota_exemption_at *s = f->state;

	return ask_one(f, SQL_QUOTA_EXEMPTION_BY_ID, P_CONSORTIUM(f),
		       P_ID(&s->id), P_OWNER(f));
}

enum flow_next reply_exemption(struct flow *f, int status)
{
	reply_etag(f, rows_int(f->rows, 0, QUOTA_EXEMPTION_VERSION_COLUMN));
	quota_exemption_write(reply_json(f, status), f->rows, 0);
	return FLOW_DONE;
}
