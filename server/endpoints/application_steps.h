/*
 * application_steps.h - what the operations on applications share.
 *
 * from  api-spec/openapi.yaml, "applications"
 */
#ifndef ENDPOINTS_APPLICATION_STEPS_H
#define ENDPOINTS_APPLICATION_STEPS_H

#include "endpoints/matching.h"
#include "records/application.h"
#include "wire/sql.h"

/* f->state of every operation on one application. */
struct applying {
	struct matching matching;	/* first: its steps see only this */
	struct uuid id;			/* of the application */
	struct match_fit fit;
};

/* Who reads applications. */
#define READERS_OF_APPLICATIONS                                                \
	{                                                                      \
		[ROLE_STUDENT] = SCOPE_OWN, [ROLE_ENTERPRISE] = SCOPE_OWN,     \
		[ROLE_SCHOOL] = SCOPE_OWN, [ROLE_OFFICE] = SCOPE_ALL           \
	}

/*
 * Five steps that load the pair of the application in the path, in this order;
 * the one after them begins with take_posting.
 */
flow_step find_pair, find_terms, find_pair_ties, find_applicant, find_applied;

/* 422 rule-broken: the first rule that forbids the pair, and at `where` what
 * each of them says. in: !fit->is_eligible */
enum flow_next fail_ineligible(struct flow *f, const char *where);

struct move_text {
	const char *reason;
};
/* A reason that may be left out, and one that may not. */
extern const struct field move_shape[];
extern const struct field decision_shape[];

/* Asks to take the application of the path to a state; f->body is move_text. */
enum flow_next move_application(struct flow *f, const char *state);

/* Reads the application in s->id, and answers 200 with it. */
flow_step find_application, reply_application;

#endif
