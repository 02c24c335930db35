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

/* Asks what a run of the round would read; then: may it have as much time and
 * memory as that takes? Refused before it begins, rather than ended in the
 * middle. */
flow_step ask_run_size;
MUST_CHECK bool run_fits(struct flow *f);

/* Answers 200 with the round that the last question returned. */
flow_step reply_moved_round;

/* What the terms of a draft can be refused for. */
extern const struct constraint_flaw round_refusals[];

/* Takes the round over: false after a fault when its state is not `from`. */
MUST_CHECK bool round_is(struct flow *f, const char *from);

#endif
