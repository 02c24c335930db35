/*
 * GET /v1/specialty-lists/{list_id}/entries/{entry_id} - one entry, with the
 * evidence as it was.
 */
#include "endpoints/specialty_edition_steps.h"

static flow_step find_one;

const struct endpoint get_specialty_entry = {
	.operation = "getSpecialtyEntry",
	.method = "GET",
	.path = "/v1/specialty-lists/{list_id}/entries/{entry_id}",
	.allow = READERS_OF_SPECIALTY_LISTS,
	.state_bytes = sizeof(struct specialty_at),
	.steps = { find_one, reply_specialty_entry },
};

static enum flow_next find_one(struct flow *f)
{
	struct specialty_at *s = f->state;

	if (!path_uuid(f, "list_id", &s->list_id) ||
	    !path_uuid(f, "entry_id", &s->id))
		return FLOW_FAIL;
	return find_specialty_entry(f);
}
