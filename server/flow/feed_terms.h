/*
 * feed_terms.h - by what a consortium's live index judges: the policy that
 * holds, the pairs of specialty and occupation, how rare what is asked for is.
 *
 * Only feed.c includes it.
 */
#ifndef FLOW_FEED_TERMS_H
#define FLOW_FEED_TERMS_H

#include <stdatomic.h>

#include "matcher/index.h"
#include "records/rarity.h"
#include "wire/db_sync.h"

/* Whom to ask, for which consortium, and where to say what went wrong. */
struct feed_source {
	struct sync *s;
	const char *consortium;
	struct fault *fault;
};

/* The pairs are in the arena. fails  as sync_ask */
MUST_CHECK bool feed_terms_ask(const struct feed_source *from,
			       struct arena *mem, struct match_policy *policy,
			       struct match_ties *ties);

/*
 * The edition that postings are put by, and the one before, which readers
 * need until the index is published with the new one.
 */
struct feed_rarity {
	_Atomic(struct rarity *) now, before;
};

/* The first; fails  as sync_ask */
MUST_CHECK bool feed_rarity_open(struct feed_rarity *r,
				 const struct feed_source *from);
/* No reader is inside. */
void feed_rarity_close(struct feed_rarity *r);

/*
 * The newest edition takes the place of the one that is.
 *
 * in     published: the edition by which the published index was made
 * fails  as sync_ask; nothing is changed
 */
MUST_CHECK bool feed_rarity_renew(struct feed_rarity *r,
				  const struct feed_source *from,
				  uint32_t published,
				  struct match_epochs *epochs);

/* For readers inside an epoch: the edition of that number. */
const struct rarity *feed_rarity_read(const struct feed_rarity *r,
				      uint32_t edition);

#endif
