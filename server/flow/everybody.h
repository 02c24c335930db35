/* everybody.h - what a card allows when it does not ask who asks. */
#ifndef FLOW_EVERYBODY_H
#define FLOW_EVERYBODY_H

#include "flow/actor.h"

#define EVERYBODY                                                              \
	{                                                                      \
		[ROLE_NOBODY] = SCOPE_PUBLIC,                                  \
		[ROLE_STUDENT] = SCOPE_PUBLIC,                                 \
		[ROLE_ENTERPRISE] = SCOPE_PUBLIC,                              \
		[ROLE_SCHOOL] = SCOPE_PUBLIC,                                  \
		[ROLE_OFFICE] = SCOPE_PUBLIC,                                  \
		[ROLE_OPERATOR] = SCOPE_PUBLIC,                                \
		[ROLE_INTEGRATOR] = SCOPE_PUBLIC,                              \
	}

/* People who are signed in, for what is theirs; no API key. */
#define PEOPLE_FOR_THEMSELVES                                                  \
	{                                                                      \
		[ROLE_STUDENT] = SCOPE_OWN,                                    \
		[ROLE_ENTERPRISE] = SCOPE_OWN,                                 \
		[ROLE_SCHOOL] = SCOPE_OWN,                                     \
		[ROLE_OFFICE] = SCOPE_OWN,                                     \
		[ROLE_OPERATOR] = SCOPE_OWN,                                   \
	}

/* Whoever is signed in, for what is theirs. */
#define EVERYBODY_FOR_THEMSELVES                                               \
	{                                                                      \
		[ROLE_STUDENT] = SCOPE_OWN,                                    \
		[ROLE_ENTERPRISE] = SCOPE_OWN,                                 \
		[ROLE_SCHOOL] = SCOPE_OWN,                                     \
		[ROLE_OFFICE] = SCOPE_OWN,                                     \
		[ROLE_OPERATOR] = SCOPE_OWN,                                   \
		[ROLE_INTEGRATOR] = SCOPE_OWN,                                 \
	}

#endif
