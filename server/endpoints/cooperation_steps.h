/*
 * cooperation_steps.h - what the operations on one cooperation share.
 *
 * from  api-spec/openapi.yaml, "postings"
 */
#ifndef ENDPOINTS_COOPERATION_STEPS_H
#define ENDPOINTS_COOPERATION_STEPS_H

#include "flow/flow.h"
#include "records/cooperation.h"
#include "wire/sql.h"

/* f->state of all of them. */
struct cooperation_at {
	struct uuid id;		/* the posting's */
};

/* Asks to take the school's cooperation of the path to a state. */
enum flow_next move_cooperation(struct flow *f, const char *state,
				const char *reason);

/* Reads the one in s->id; and answers 200 with it. */
flow_step find_cooperation, reply_cooperation;

#endif
