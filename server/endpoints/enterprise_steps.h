/*
 * enterprise_steps.h - what the operations on enterprises and on what belongs
 * to them share.
 */
#ifndef ENDPOINTS_ENTERPRISE_STEPS_H
#define ENDPOINTS_ENTERPRISE_STEPS_H

#include "flow/flow.h"
#include "records/enterprise.h"

/* An enterprise sees itself, and like all others those that are verified. */
#define READERS_OF_ENTERPRISES                                                 \
	{                                                                      \
		[ROLE_STUDENT] = SCOPE_PUBLIC, [ROLE_SCHOOL] = SCOPE_PUBLIC,   \
		[ROLE_ENTERPRISE] = SCOPE_OWN, [ROLE_INTEGRATOR] = SCOPE_OWN,  \
		[ROLE_OFFICE] = SCOPE_ALL,                                     \
	}

/* What belongs to an enterprise is for itself and for the office. */
#define READERS_OF_AN_ENTERPRISE                                               \
	{                                                                      \
		[ROLE_ENTERPRISE] = SCOPE_OWN, [ROLE_INTEGRATOR] = SCOPE_OWN,  \
		[ROLE_OFFICE] = SCOPE_ALL,                                     \
	}

/* Does the actor see every enterprise whatever its state? */
#define P_SEES_ALL(f) P_BOOL((f)->actor.scope == SCOPE_ALL)

/* The path's enterprise, if it is the actor's own or the actor sees all; any
 * other is NOT_FOUND. */
MUST_CHECK bool path_enterprise(struct flow *f, struct uuid *out);

/* A step: the enterprise of the path as the actor may see it, or NOT_FOUND. */
flow_step find_enterprise;

/*
 * Takes an answer of (JSON pointer, code of a flaw) rows into f->flaws.
 *
 * fails  with all of them: CONFLICT if others have what was asked for and
 *        nothing else is wrong, BAD_BODY otherwise
 */
MUST_CHECK bool rows_have_no_flaw(struct flow *f);

/* A patch with a staff count says the day of the count, too: else a flaw. */
void check_staff_day(struct flow *f, const char *staff_counted_on);

/* The names of those members of a merge patch that are to be null. */
struct texts cleared_members(struct flow *f);

/* The value, if the patch has it. */
struct asked patched_int(const struct flow *f, const char *name,
			 int64_t value);
struct asked patched_bool(const struct flow *f, const char *name, bool value);

/* The first row of the answer is the enterprise. */
enum flow_next reply_enterprise(struct flow *f, int status);

#endif
