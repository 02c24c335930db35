/*
 * appeal_steps.h - what the operations on appeals share.
 *
 * from  api-spec/openapi.yaml, "rounds"
 */
#ifndef ENDPOINTS_APPEAL_STEPS_H
#define ENDPOINTS_APPEAL_STEPS_H

#include "flow/flow.h"
#include "records/appeal.h"
#include "wire/sql.h"

/* Who appeals. */
#define PARTIES_OF_APPEALS                                                     \
	{                                                                      \
		[ROLE_STUDENT] = SCOPE_OWN, [ROLE_ENTERPRISE] = SCOPE_OWN,     \
		[ROLE_SCHOOL] = SCOPE_OWN                                      \
	}

/* They see what they or their students said, the office all. */
#define READERS_OF_APPEALS                                                     \
	{                                                                      \
		[ROLE_STUDENT] = SCOPE_OWN, [ROLE_ENTERPRISE] = SCOPE_OWN,     \
		[ROLE_SCHOOL] = SCOPE_OWN, [ROLE_OFFICE] = SCOPE_ALL           \
	}

/* f->state of the operations on one appeal. */
struct appeal_at {
	struct uuid round_id, id;
};

/* What the office says to one. */
struct appeal_answer {
	const char *answer;
};

extern const struct field appeal_answer_shape[];

/* Asks to take the appeal of the path to a state. */
enum flow_next move_appeal(struct flow *f, const char *state,
			   const char *answer);

/* Reads the appeal in s->id; and answers 200 with it. */
flow_step find_appeal, reply_appeal;

#endif
