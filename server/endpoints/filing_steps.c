/* filing_steps.c - see filing_steps.h. */
#include "endpoints/filing_steps.h"

enum flow_next find_filing(struct flow *f)
{
	struct placement_at *s = f->state;

	return ask_one(f, SQL_PLACEMENT_FILING_BY_ID, P_CONSORTIUM(f),
		       P_UUID(&s->id), P_OWNER(f));
}

enum flow_next reply_filing(struct flow *f)
{
	reply_etag(f, rows_int(f->rows, 0, FILING_VERSION_COLUMN));
	filing_write(reply_json(f, 200), f->rows, 0);
	return FLOW_DONE;
}
