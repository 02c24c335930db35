/*
 * round_moves.h - the steps that the operations moving a round share: find it,
 * refuse a state that does not fit, answer with the round as it became.
 */
#ifndef ENDPOINTS_ROUND_MOVES_H
#define ENDPOINTS_ROUND_MOVES_H

#include "flow/flow.h"

struct round_move {
	struct uuid round_id;
	int64_t version;
};

/* Asks for the round named in the path; f->state is a struct round_move. */
flow_step find_round_to_move;

/* Answers 200 with the round that the last question returned. */
flow_step reply_moved_round;

/* What the terms of a draft can be refused for. */
extern const struct constraint_flaw round_refusals[];

/* Takes the round over: false after a fault when its state is not `from`. */
MUST_CHECK bool round_is(struct flow *f, const char *from);

#endif
