/*
 * GET /v1/rounds/{round_id}/publications - what was published of a round,
 * newest first; each has its documents, by its run.
 */
#include <stddef.h>

#include "endpoints/round_moves.h"
#include "records/round.h"
#include "wire/sql.h"

static flow_step find_round, find_publications, reply_publications;

const struct endpoint list_publications = {
	.operation = "listPublications",
	.method = "GET",
	.path = "/v1/rounds/{round_id}/publications",
	.allow = { [ROLE_STUDENT] = SCOPE_PUBLIC,
		   [ROLE_ENTERPRISE] = SCOPE_PUBLIC,
		   [ROLE_SCHOOL] = SCOPE_PUBLIC,
		   [ROLE_OFFICE] = SCOPE_ALL },
	.state_bytes = sizeof(struct round_move),
	.is_paged = true,
	.steps = { find_round, find_publications, reply_publications },
};

static enum flow_next find_round(struct flow *f)
{
	struct round_move *s = f->state;

	if (!path_uuid(f, "round_id", &s->round_id))
		return FLOW_FAIL;
	return ask_one(f, SQL_ROUND_BY_ID, P_CONSORTIUM(f),
		       P_UUID(&s->round_id),
		       P_BOOL(f->actor.scope == SCOPE_ALL));
}

static enum flow_next find_publications(struct flow *f)
{
	struct round_move *s = f->state;

	return ask(f, SQL_PUBLICATIONS_OF_ROUND, P_CONSORTIUM(f),
		   P_UUID(&s->round_id), P_AFTER(f, 0), PAGE_ROWS(f));
}

static enum flow_next reply_publications(struct flow *f)
{
	return reply_page(f, publication_write, PUBLICATION_NUMBER_COLUMN);
}
