/* GET /v1/identity-providers/{provider_id} - all of it but the secret. */
#include "endpoints/identity_provider_steps.h"

static flow_step reply_found;

const struct endpoint get_identity_provider = {
	.operation = "getIdentityProvider",
	.method = "GET",
	.path = "/v1/identity-providers/{provider_id}",
	.allow = MANAGERS_OF_PROVIDERS,
	.state_bytes = sizeof(struct provider_at),
	.steps = { find_identity_provider, reply_found },
};

static enum flow_next reply_found(struct flow *f)
{
	return reply_identity_provider(f, 200);
}
