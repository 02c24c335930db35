/* GET /v1/offers - what was offered to whom, newest first. */
#include "endpoints/application_steps.h"
#include "endpoints/offer_steps.h"

struct offer_filter {
	struct uuid application_id, posting_id;
	const char *state;
};

static const struct field filter_shape[] = {
	UUID(struct offer_filter, application_id, OPTIONAL),
	UUID(struct offer_filter, posting_id, OPTIONAL),
	ENUM(struct offer_filter, state, offer_state_words, OPTIONAL),
	END_OF_FIELDS
};

static flow_step find_offers, reply_offers;

const struct endpoint list_offers = {
	.operation = "listOffers",
	.method = "GET",
	.path = "/v1/offers",
	.allow = READERS_OF_APPLICATIONS,
	.query = filter_shape,
	.query_bytes = sizeof(struct offer_filter),
	.is_paged = true,
	.steps = { find_offers, reply_offers },
};

static enum flow_next find_offers(struct flow *f)
{
	const struct offer_filter *q = f->query;

	return ask(f, SQL_OFFERS_LIST, P_CONSORTIUM(f), P_OWNER(f),
		   P_UUID(&q->application_id), P_UUID(&q->posting_id),
		   P_TEXT(q->state), P_AFTER(f, 0), PAGE_ROWS(f));
}

static enum flow_next reply_offers(struct flow *f)
{
	return reply_page(f, offer_write, OFFER_ID_COLUMN);
}
