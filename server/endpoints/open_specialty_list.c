/*
 * POST /v1/specialty-lists/{list_id}/open - schools see what concerns them, and
 * say what they think of it until a time.
 */
#include "endpoints/specialty_edition_steps.h"

struct opening {
	const char *comments_by;
};

static const struct field opening_shape[] = {
	TIME(struct opening, comments_by, REQUIRED),
	END_OF_FIELDS
};

static flow_step open_list;

const struct endpoint open_specialty_list = {
	.operation = "openSpecialtyList",
	.method = "POST",
	.path = "/v1/specialty-lists/{list_id}/open",
	.allow = { [ROLE_OFFICE] = SCOPE_ALL },
	.state_bytes = sizeof(struct specialty_at),
	.body = opening_shape,
	.body_bytes = sizeof(struct opening),
	.is_transaction = true,
	.steps = { open_list, find_specialty_edition, reply_specialty_edition },
};

static enum flow_next open_list(struct flow *f)
{
	const struct opening *b = f->body;

	return move_specialty_list(f, "comment", b->comments_by, NULL);
}
