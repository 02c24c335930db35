/* enterprise_moves.h - how the office takes an enterprise to another state. */
#ifndef ENDPOINTS_ENTERPRISE_MOVES_H
#define ENDPOINTS_ENTERPRISE_MOVES_H

#include "endpoints/enterprise_steps.h"

struct move_reason {
	const char *reason;
};

extern const struct field move_reason_shape[];

/*
 * Asks to move the enterprise that find_enterprise found, as it was found.
 *
 * fails  BAD_STATE where the state does not follow; CONFLICT where the
 *        enterprise changed meanwhile
 */
enum flow_next move_enterprise(struct flow *f, const char *state,
			       const char *reason);

/* A step: replies with the enterprise as it is now. */
flow_step reply_moved;

#endif
