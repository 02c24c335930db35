/*
 * POST /v1/specialty-lists/{list_id}/publish - everybody of the consortium sees
 * it.
 */
#include "endpoints/specialty_edition_steps.h"

static flow_step publish;

const struct endpoint publish_specialty_list = {
	.operation = "publishSpecialtyList",
	.method = "POST",
	.path = "/v1/specialty-lists/{list_id}/publish",
	.allow = { [ROLE_OFFICE] = SCOPE_ALL },
	.state_bytes = sizeof(struct specialty_at),
	.is_transaction = true,
	.steps = { publish, find_specialty_edition, reply_specialty_edition },
};

static enum flow_next publish(struct flow *f)
{
	return move_specialty_list(f, "published", NULL, NULL);
}
