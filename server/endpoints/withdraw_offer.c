/* POST /v1/offers/{offer_id}/withdraw - the enterprise takes it back. */
#include "endpoints/application_steps.h"
#include "endpoints/offer_steps.h"

static flow_step withdraw;

const struct endpoint withdraw_offer = {
	.operation = "withdrawOffer",
	.method = "POST",
	.path = "/v1/offers/{offer_id}/withdraw",
	.allow = { [ROLE_ENTERPRISE] = SCOPE_OWN },
	.state_bytes = sizeof(struct offer_at),
	.body = decision_shape,
	.body_bytes = sizeof(struct move_text),
	.is_transaction = true,
	.steps = { withdraw, find_offer, reply_offer },
};

static enum flow_next withdraw(struct flow *f)
{
	return end_offer(f, "withdrawn");
}
