/*
 * GET /v1/specialty-lists/{list_id} - one edition, with the rule by which it
 * was drawn up and its history.
 */
#include "endpoints/specialty_edition_steps.h"

const struct endpoint get_specialty_list = {
	.operation = "getSpecialtyList",
	.method = "GET",
	.path = "/v1/specialty-lists/{list_id}",
	.allow = READERS_OF_SPECIALTY_LISTS,
	.state_bytes = sizeof(struct specialty_at),
	.steps = { open_specialty_edition, reply_specialty_edition },
};
