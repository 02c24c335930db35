/*
 * work_feed.h - feeds in the hands of a worker: fetched when they are due, and
 * what they say done.
 *
 * from  docs/postings.md, "Feeds"
 */
#ifndef COMMANDS_WORK_FEED_H
#define COMMANDS_WORK_FEED_H

#include <stdbool.h>

#include "base/config.h"
#include "base/fault.h"
#include "wire/db_sync.h"

/*
 * Take the feed that is due longest, if one is, and fetch it. A feed has one
 * worker at a time; one that dies leaves it to the next when its lease is over.
 *
 * in     fetch_open and fold_open were true
 * out    *is_there: there was one
 * fails  nothing of it was done, and it is due again when the lease is over. A
 *        document that does not come or is none is no failure: it is kept as
 *        the outcome
 */
MUST_CHECK bool feed_work(struct sync *s, const struct config *config,
			  const char *worker, bool *is_there,
			  struct fault *fault);

#endif
