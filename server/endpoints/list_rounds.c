/* GET /v1/rounds - the rounds of the consortium, newest first. */
#include <stddef.h>

#include "flow/flow.h"
#include "records/round.h"
#include "wire/sql.h"

struct round_filter {
	const char *state, *published_from, *published_to;
	bool is_verified;
};

static const struct field filter_shape[] = {
	ENUM(struct round_filter, state, round_state_words, OPTIONAL),
	DATE(struct round_filter, published_from, OPTIONAL),
	DATE(struct round_filter, published_to, OPTIONAL),
	BOOL(struct round_filter, is_verified, OPTIONAL),
	END_OF_FIELDS
};

static flow_step find_rounds, reply_rounds;

const struct endpoint list_rounds = {
	.operation = "listRounds",
	.method = "GET",
	.path = "/v1/rounds",
	.allow = { [ROLE_STUDENT] = SCOPE_PUBLIC,
		   [ROLE_ENTERPRISE] = SCOPE_PUBLIC,
		   [ROLE_SCHOOL] = SCOPE_PUBLIC,
		   [ROLE_OFFICE] = SCOPE_ALL },
	.query = filter_shape,
	.query_bytes = sizeof(struct round_filter),
	.is_paged = true,
	.steps = { find_rounds, reply_rounds },
};

static enum flow_next find_rounds(struct flow *f)
{
	const struct round_filter *q = f->query;
	bool is_asked = shape_has(filter_shape, &f->query_seen,
				  "is_verified");

	return ask(f, SQL_ROUNDS_LIST, P_CONSORTIUM(f),
		   P_BOOL(f->actor.scope == SCOPE_ALL), P_TEXT(q->state),
		   P_AFTER(f, 0), PAGE_ROWS(f), P_TEXT(q->published_from),
		   P_TEXT(q->published_to),
		   is_asked ? P_BOOL(q->is_verified) : P_NULL);
}

static enum flow_next reply_rounds(struct flow *f)
{
	return reply_page(f, round_write, ROUND_ID_COLUMN);
}
