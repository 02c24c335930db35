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

/* A step: is the body a policy of this consortium? It asks what the
 * database knows; policy_is_sound then reads that, in the next step: where it
 * is not, return fail_flaws. */
flow_step check_policy;
MUST_CHECK bool policy_is_sound(struct flow *f);

/* The first row of the answer is the policy. */
enum flow_next reply_policy(struct flow *f, int status);

#endif
