/*
 * complaint_steps.h - what the operations on one complaint share.
 *
 * from  api-spec/openapi.yaml, "complaints"
 */
#ifndef ENDPOINTS_COMPLAINT_STEPS_H
#define ENDPOINTS_COMPLAINT_STEPS_H

#include "flow/flow.h"
#include "records/complaint.h"
#include "wire/sql.h"

/* Who made one sees it, and the office; whom it is about does not. */
#define READERS_OF_COMPLAINTS                                                  \
	{                                                                      \
		[ROLE_STUDENT] = SCOPE_OWN, [ROLE_ENTERPRISE] = SCOPE_OWN,     \
		[ROLE_OFFICE] = SCOPE_ALL                                      \
	}

/* f->state of all of them. */
struct complaint_at {
	struct uuid id;
};

struct complaint_end {
	const char *answer, *reason;
};

/* Asks to take the complaint of the path to a state. */
enum flow_next move_complaint(struct flow *f, const char *state,
			      struct complaint_end end);

/* Reads the complaint in s->id; and answers 200 with it. */
flow_step find_complaint, reply_complaint;

#endif
