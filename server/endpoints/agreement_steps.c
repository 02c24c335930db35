/* agreement_steps.c - see agreement_steps.h. */
#include "endpoints/agreement_steps.h"

enum flow_next ask_agreement(struct flow *f, int64_t edition)
{
	struct placement_at *s = f->state;

	return ask_one(f, SQL_AGREEMENT_BY_ID, P_CONSORTIUM(f), P_UUID(&s->id),
		       P_OWNER(f), edition ? P_INT(edition) : P_NULL);
}

enum flow_next find_agreement(struct flow *f)
{
	return ask_agreement(f, 0);
}

static enum flow_next reply(struct flow *f, int status)
{
	reply_etag(f, rows_int(f->rows, 0, AGREEMENT_VERSION_COLUMN));
	agreement_write(reply_json(f, status), f->rows, 0);
	return FLOW_DONE;
}

enum flow_next reply_agreement(struct flow *f)
{
	return reply(f, 200);
}

enum flow_next reply_signed_agreement(struct flow *f)
{
	return reply(f, 201);
}
