/*
 * identity_provider_steps.h - what the operations on schools' sign-in
 * providers share. The school answers for its own, the office for all.
 */
#ifndef ENDPOINTS_IDENTITY_PROVIDER_STEPS_H
#define ENDPOINTS_IDENTITY_PROVIDER_STEPS_H

#include "flow/flow.h"
#include "records/identity_provider.h"
#include "wire/sql.h"

/* Where the client secret is sealed to. */
#define PROVIDER_SECRET "identity_provider.client_secret"

#define MANAGERS_OF_PROVIDERS                                                  \
	{ [ROLE_SCHOOL] = SCOPE_OWN, [ROLE_OFFICE] = SCOPE_ALL }

/* f->state of all of them. */
struct provider_at {
	struct uuid id;
};

/* A step: the provider of the path, or NOT_FOUND. */
flow_step find_identity_provider;

/* The secret of the body, sealed to the provider; NULL: none came. */
MUST_CHECK bool seal_client_secret(struct flow *f, const struct uuid *id,
				   const char **sealed);

extern const struct constraint_flaw identity_provider_refusals[];

/* The first row of the answer is the provider. */
enum flow_next reply_identity_provider(struct flow *f, int status);

#endif
