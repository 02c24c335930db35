/* GET /v1/offers/{offer_id} - one offer, with its history. */
#include "endpoints/application_steps.h"
#include "endpoints/offer_steps.h"

static flow_step find_one;

const struct endpoint get_offer = {
	.operation = "getOffer",
	.method = "GET",
	.path = "/v1/offers/{offer_id}",
	.allow = READERS_OF_APPLICATIONS,
	.state_bytes = sizeof(struct offer_at),
	.steps = { find_one, reply_offer },
};

static enum flow_next find_one(struct flow *f)
{
	struct offer_at *s = f->state;

	if (!path_uuid(f, "offer_id", &s->id))
		return FLOW_FAIL;
	return find_offer(f);
}
