/* POST /v1/rounds - the office plans a round; it begins as a draft. */
#include <stddef.h>

#include "endpoints/round_moves.h"
#include "records/round.h"
#include "wire/crypto.h"
#include "wire/sql.h"

static flow_step make_round, reply_made;

const struct endpoint create_round = {
	.operation = "createRound",
	.method = "POST",
	.path = "/v1/rounds",
	.allow = { [ROLE_OFFICE] = SCOPE_ALL },
	.body = round_new_shape,
	.body_bytes = sizeof(struct round_new),
	.steps = { make_round, reply_made },
};

static enum flow_next make_round(struct flow *f)
{
	const struct round_new *b = f->body;
	struct uuid id = uuid_new();
	char drawn[CRYPTO_TOKEN_TEXT_BYTES];
	const char *seed = b->seed ? b->seed : drawn;

	crypto_token(drawn);
	explain_constraints(f, round_refusals);
	return tell(f, SQL_ROUND_CREATE, P_CONSORTIUM(f), P_UUID(&id),
		    P_TEXT(b->name), P_TEXT(b->opens_at), P_TEXT(b->closes_at),
		    P_TEXT(b->period_start), P_TEXT(b->period_end),
		    P_TEXT(seed), P_ACCOUNT(f), P_BOOL(b->is_scheduled),
		    P_UUID(&b->follows));
}

static enum flow_next reply_made(struct flow *f)
{
	reply_location(f, "/v1/rounds/%s",
		       rows_text(f->rows, 0, ROUND_ID_COLUMN));
	reply_etag(f, rows_int(f->rows, 0, ROUND_VERSION_COLUMN));
	round_write(reply_json(f, 201), f->rows, 0);
	return FLOW_DONE;
}
