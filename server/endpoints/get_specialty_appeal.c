/*
 * GET /v1/specialty-lists/{list_id}/appeals/{specialty_appeal_id} - one, with
 * its history.
 */
#include "endpoints/specialty_edition_steps.h"

static flow_step find_one;

const struct endpoint get_specialty_appeal = {
	.operation = "getSpecialtyAppeal",
	.method = "GET",
	.path = "/v1/specialty-lists/{list_id}/appeals/{specialty_appeal_id}",
	.allow = READERS_OF_SPECIALTY_APPEALS,
	.state_bytes = sizeof(struct specialty_at),
	.steps = { find_one, reply_specialty_appeal },
};

static enum flow_next find_one(struct flow *f)
{
	struct specialty_at *s = f->state;

	if (!path_uuid(f, "list_id", &s->list_id) ||
	    !path_uuid(f, "specialty_appeal_id", &s->id))
		return FLOW_FAIL;
	return find_specialty_appeal(f);
}
