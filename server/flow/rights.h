/*
 * rights.h - one table: role x operation x whose. It is the cards' own
 * `allow`, checked before the first statement; the statement then names the
 * actor's owner again.
 *
 * from  architecture.md "Who may do what"
 */
#ifndef FLOW_RIGHTS_H
#define FLOW_RIGHTS_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/fault.h"
#include "flow/actor.h"
#include "flow/endpoint.h"

/* Does it matter to this card who asks? If not, no token is looked at. */
bool rights_need_actor(const struct endpoint *card);

/*
 * Sets actor->scope.
 * fails  NOT_SIGNED_IN for nobody, FORBIDDEN for a role that may not
 */
MUST_CHECK bool rights_authorise(const struct endpoint *card,
				 struct actor *actor, struct fault *fault);

/* One JSON line a card: operation, method, path, the scope per role, and what
 * else the card says. */
void rights_print(struct buf *out);

#endif
