/* GET /v1/identity-providers - those that one answers for. */
#include "endpoints/identity_provider_steps.h"

struct provider_filter {
	struct uuid school_id;
};

static const struct field filter_shape[] = {
	UUID(struct provider_filter, school_id, OPTIONAL),
	END_OF_FIELDS
};

static flow_step find_providers, reply_providers;

const struct endpoint list_identity_providers = {
	.operation = "listIdentityProviders",
	.method = "GET",
	.path = "/v1/identity-providers",
	.allow = MANAGERS_OF_PROVIDERS,
	.query = filter_shape,
	.query_bytes = sizeof(struct provider_filter),
	.is_paged = true,
	.steps = { find_providers, reply_providers },
};

static enum flow_next find_providers(struct flow *f)
{
	const struct provider_filter *q = f->query;

	return ask(f, SQL_IDENTITY_PROVIDERS_LIST, P_CONSORTIUM(f),
		   P_UUID(&q->school_id), P_OWNER(f), P_AFTER(f, 0),
		   PAGE_ROWS(f));
}

static enum flow_next reply_providers(struct flow *f)
{
	return reply_page(f, identity_provider_write, PROVIDER_ID_COLUMN);
}
