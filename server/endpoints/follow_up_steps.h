/*
 * follow_up_steps.h - what the operations on one follow-up share.
 *
 * from  api-spec/openapi.yaml, "/v1/students/{student_id}/follow-ups/{months}"
 */
#ifndef ENDPOINTS_FOLLOW_UP_STEPS_H
#define ENDPOINTS_FOLLOW_UP_STEPS_H

#include "flow/flow.h"
#include "records/follow_up.h"
#include "wire/sql.h"

/* f->state of all of them. */
struct follow_up_at {
	struct uuid id;			/* the student's */
	int64_t months;
};

/* Takes student and months of the path; false after a fault. */
MUST_CHECK bool path_follow_up(struct flow *f);

/* Reads the one in the state; and answers 200 with it. */
flow_step find_follow_up, reply_follow_up;

#endif
