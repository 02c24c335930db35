/*
 * POST /v1/rounds/{round_id}/cancel - a round comes to nothing, at any time
 * before publication; its runs end, the wishes stay to be read.
 */
#include <stddef.h>

#include "endpoints/round_moves.h"
#include "records/round.h"
#include "wire/sql.h"

struct cancelling {
	const char *reason;
};

static const struct field cancelling_shape[] = {
	TEXT(struct cancelling, reason, 1, 500, REQUIRED | TRIMMED),
	END_OF_FIELDS
};

static flow_step cancel;

const struct endpoint cancel_round = {
	.operation = "cancelRound",
	.method = "POST",
	.path = "/v1/rounds/{round_id}/cancel",
	.allow = { [ROLE_OFFICE] = SCOPE_ALL },
	.state_bytes = sizeof(struct round_move),
	.body = cancelling_shape,
	.body_bytes = sizeof(struct cancelling),
	.steps = { find_round_to_move, cancel, find_round_to_move,
		   reply_moved_round },
};

static enum flow_next cancel(struct flow *f)
{
	struct round_move *s = f->state;
	const struct cancelling *b = f->body;

	return tell(f, SQL_ROUND_CANCEL, P_CONSORTIUM(f), P_UUID(&s->round_id),
		    P_TEXT(b->reason), P_ACCOUNT(f));
}
