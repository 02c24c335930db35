/*
 * placement_steps.h - what the operations on one placement share.
 *
 * from  api-spec/openapi.yaml, "placements"
 */
#ifndef ENDPOINTS_PLACEMENT_STEPS_H
#define ENDPOINTS_PLACEMENT_STEPS_H

#include "flow/flow.h"
#include "records/placement.h"
#include "wire/sql.h"

/* f->state of the operations on a placement in the path begins with this. */
struct placement_at {
	struct uuid id;
};

/* Who reads placements; and the three parties to one. */
#define READERS_OF_PLACEMENTS                                                  \
	{                                                                      \
		[ROLE_STUDENT] = SCOPE_OWN, [ROLE_ENTERPRISE] = SCOPE_OWN,     \
		[ROLE_SCHOOL] = SCOPE_OWN, [ROLE_OFFICE] = SCOPE_ALL           \
	}
#define PARTIES_OF_PLACEMENTS                                                  \
	{                                                                      \
		[ROLE_STUDENT] = SCOPE_OWN, [ROLE_ENTERPRISE] = SCOPE_OWN,     \
		[ROLE_SCHOOL] = SCOPE_OWN                                      \
	}

/* Why the schema refuses a placement, for explain_constraints. */
extern const struct constraint_flaw placement_refusals[];

/* False after a fault: the path names none. */
MUST_CHECK bool path_placement(struct flow *f);

/* Asks to take the placement of the path to a state. */
enum flow_next move_placement(struct flow *f, const char *state,
			      const char *reason);

/* Reads a placement that the actor may see; the one of placement_at. */
enum flow_next ask_placement(struct flow *f, const struct uuid *id);
flow_step find_placement;

/* 200 with row 0, whole; 201 with where it is. */
flow_step reply_placement, reply_new_placement;

#endif
