/*
 * access_request_steps.h - what deciding on a request to read what is sealed of
 * minors shares (rule 5.8).
 */
#ifndef ENDPOINTS_ACCESS_REQUEST_STEPS_H
#define ENDPOINTS_ACCESS_REQUEST_STEPS_H

#include "flow/flow.h"
#include "records/access_request.h"
#include "wire/sql.h"

/* Staff; a key is nobody whom one could let read. */
#define STAFF                                                                  \
	{                                                                      \
		[ROLE_ENTERPRISE] = SCOPE_OWN, [ROLE_SCHOOL] = SCOPE_OWN,      \
		[ROLE_OFFICE] = SCOPE_OWN                                      \
	}

/* f->state of all of them. */
struct access_request_at {
	struct uuid id;
};

/* Asks to decide on the request of the path: until, or because, or neither. */
enum flow_next decide_access(struct flow *f, const char *until,
			     const char *because);
/* Looks what came of it, and asks for the request ... */
flow_step see_decision;
/* ... which is the reply. */
flow_step reply_decided;

#endif
