/*
 * tokens.h - who a token is, from memory. A loop's own cache of sessions,
 * bounded. What a loop of this server revokes, no loop of it finds any more;
 * other servers hear of it at once (NOTIFY duikou_session). While nothing can
 * be heard, nothing is known by heart.
 *
 * from  architecture.md "Who may do what"
 */
#ifndef FLOW_TOKENS_H
#define FLOW_TOKENS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "flow/actor.h"
#include "wire/crypto.h"
#include "wire/db.h"

struct revocations;
struct tokens;

/*
 * Hears through db from now on, which is closed before the tokens are, and of
 * this server's own through revocations, which are kept.
 */
struct tokens *tokens_open(struct db *db, struct revocations *revocations);
void tokens_close(struct tokens *tokens);

/*
 * in     hash: SHA-256 of the token's text
 * out    actor, without its scope
 * fails  the token is not known by heart: the database has to be asked
 */
MUST_CHECK bool tokens_find(struct tokens *tokens,
			    const uint8_t hash[SHA256_BYTES],
			    struct actor *actor);

/*
 * Learn what the database answered, unless a revocation was heard since
 * `moment`, which was taken before asking: the answer may be older than it.
 */
uint64_t tokens_moment(struct tokens *tokens);
void tokens_learn(struct tokens *tokens, const uint8_t hash[SHA256_BYTES],
		  const struct actor *actor, int64_t expires_wall_ms,
		  uint64_t moment);

/* A session, or all of an account, is over: on every loop of this server. */
void tokens_forget(struct tokens *tokens, const struct uuid *id);

/* What follows "Bearer " in an Authorization field, or false. */
MUST_CHECK bool token_from_header(const char *header, size_t bytes,
				  const char **token, size_t *token_bytes);

struct token_counts { uint64_t found, missed, learned, forgotten; };
struct token_counts tokens_counts(const struct tokens *tokens);

#endif
