/*
 * actor.h - who asks: a role, whose account it is, and how far it may see.
 *
 * from  product.md "Who does what"; architecture.md "Who may do what"
 */
#ifndef FLOW_ACTOR_H
#define FLOW_ACTOR_H

#include <stdbool.h>

#include "base/base.h"
#include "base/uuid.h"

enum role {
	ROLE_NOBODY,	/* not signed in */
	ROLE_STUDENT,
	ROLE_ENTERPRISE,
	ROLE_SCHOOL,
	ROLE_OFFICE,
	ROLE_OPERATOR,
	ROLE_INTEGRATOR,
	ROLE_COUNT
};

/* How far a role sees in one operation; a card has one for each role. */
enum scope {
	SCOPE_NONE,	/* the role may not do it: 401 or 403 */
	SCOPE_PUBLIC,	/* what anybody may see */
	SCOPE_OWN,	/* what belongs to the actor's owner */
	SCOPE_ALL,	/* the actor's whole consortium */
	SCOPE_COUNT
};

struct actor {
	enum role role;
	enum scope scope;		/* of this operation, from its card */
	struct uuid account_id;
	struct uuid owner_id;		/* student, enterprise, school; for an
					   office its consortium */
	struct uuid consortium_id;	/* nil: the service itself */
	struct uuid session_id;
	bool is_key;			/* an API key: acts for the owner ... */
	uint64_t key_scopes;		/* ... this far (records/scopes.h) */
};

/* "student", ...; "nobody" for one who is not signed in. */
const char *role_word(enum role role);
MUST_CHECK bool role_from_word(const char *word, enum role *out);

#endif
