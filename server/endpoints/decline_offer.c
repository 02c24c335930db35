/* POST /v1/offers/{offer_id}/decline - the student says no, and why. */
#include "endpoints/application_steps.h"
#include "endpoints/offer_steps.h"

static flow_step decline;

const struct endpoint decline_offer = {
	.operation = "declineOffer",
	.method = "POST",
	.path = "/v1/offers/{offer_id}/decline",
	.allow = { [ROLE_STUDENT] = SCOPE_OWN },
	.state_bytes = sizeof(struct offer_at),
	.body = decision_shape,
	.body_bytes = sizeof(struct move_text),
	.is_transaction = true,
	.steps = { decline, find_offer, reply_offer },
};

static enum flow_next decline(struct flow *f)
{
	return end_offer(f, "declined");
}
