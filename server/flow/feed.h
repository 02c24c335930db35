/*
 * feed.h - the live index of one consortium, its ranking and its words: built
 * from PostgreSQL, then kept by what change_since.sql says. Whatever changed is
 * read again as it is now, so a change that is told twice, or late, does no
 * harm.
 *
 * One thread builds and changes; readers look at any time (epoch.h).
 */
#ifndef FLOW_FEED_H
#define FLOW_FEED_H

#include <stdatomic.h>
#include <stdbool.h>

#include "base/uuid.h"
#include "matcher/index.h"
#include "matcher/search.h"
#include "records/rarity.h"
#include "wire/db_sync.h"

struct feed;

/* is_stopping: once it is true, building gives up. Both are kept. */
struct feed *feed_open(const struct uuid *consortium_id,
		       struct match_epochs *epochs,
		       const atomic_bool *is_stopping);
/* No reader is inside. */
void feed_close(struct feed *feed);

const struct uuid *feed_consortium(const struct feed *feed);

/* What readers see. The two are published one after the other: a slot that the
 * words name may hold nothing, or another id, in the ranking. */
struct feed_view {
	const struct match_snapshot *ranking;
	const struct match_search_snapshot *words;
	const struct rarity *rarity;	/* by which the ranking weighs */
};

/* For readers inside an epoch, and the thread. False: not built yet. */
MUST_CHECK bool feed_read(const struct feed *feed, struct feed_view *view);

/*
 * Read all of the consortium. Readers see what they saw until it is done.
 * fails  as before then; NO_DATABASE, OUTCOME_UNKNOWN, BUSY (no memory, or
 *        stopping)
 */
MUST_CHECK bool feed_build(struct feed *feed, struct sync *s,
			   struct fault *fault);

/* The rows first..end of change_since.sql. */
struct news {
	const struct rows *rows;
	int first, end;
};

/*
 * Fold in news, all of this consortium.
 * fails  as feed_build; some of it may be in the index then, unpublished
 */
MUST_CHECK bool feed_change(struct feed *feed, struct sync *s,
			    const struct news *news, struct fault *fault);

#endif
