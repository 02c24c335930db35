/* policy_steps.h - what the operations on a consortium's policy share. */
#ifndef ENDPOINTS_POLICY_STEPS_H
#define ENDPOINTS_POLICY_STEPS_H

#include "flow/flow.h"

/* Who takes part may read by which rules. */
#define READERS_OF_POLICY                                                      \
	{                                                                      \
		[ROLE_STUDENT] = SCOPE_ALL, [ROLE_ENTERPRISE] = SCOPE_ALL,     \
		[ROLE_SCHOOL] = SCOPE_ALL, [ROLE_OFFICE] = SCOPE_ALL,          \
		[ROLE_INTEGRATOR] = SCOPE_ALL,                                 \
	}

/* Is the path's consortium the actor's? Any other is NOT_FOUND. */
MUST_CHECK bool path_is_own_consortium(struct flow *f);

/* The first row of the answer is the policy. */
enum flow_next reply_policy(struct flow *f, int status);

#endif
