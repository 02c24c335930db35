/*
 * POST /v1/specialty-lists/{list_id}/decide - the time for comments is over and
 * all is answered: what stands now stays so.
 */
#include "endpoints/specialty_edition_steps.h"

static flow_step decide;

const struct endpoint decide_specialty_list = {
	.operation = "decideSpecialtyList",
	.method = "POST",
	.path = "/v1/specialty-lists/{list_id}/decide",
	.allow = { [ROLE_OFFICE] = SCOPE_ALL },
	.state_bytes = sizeof(struct specialty_at),
	.is_transaction = true,
	.steps = { decide, find_specialty_edition, reply_specialty_edition },
};

static enum flow_next decide(struct flow *f)
{
	return move_specialty_list(f, "decided", NULL, NULL);
}
