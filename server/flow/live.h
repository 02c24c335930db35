/*
 * live.h - every consortium's postings and students in memory, ranked and
 * searched where they are, current within a moment: a thread of its own
 * follows the `change` table, woken by NOTIFY and looking anyway a few times a
 * second. It reads committed rows only, in whatever order they become visible;
 * without a database it keeps what it has and catches up.
 *
 * from  docs/architecture.md, "Live ranking"
 */
#ifndef FLOW_LIVE_H
#define FLOW_LIVE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/config.h"
#include "base/uuid.h"
#include "flow/feed.h"

struct live;

/* Begins to read; the configuration is borrowed. fold_open has been called. */
struct live *live_open(const struct config *config);
/* No reader is inside. NULL: nothing to do. */
void live_close(struct live *live);

/* Has all been read once? From any thread. NULL, here and in live_counts: the
 * program ranks nothing, and is ready. */
bool live_is_ready(const struct live *live);

/*
 * Between the two, what is viewed stays as it is. Each event loop has its own
 * slot, its number.
 * fails  the consortium is not there yet; leave all the same
 */
MUST_CHECK bool live_enter(struct live *live, int slot,
			   const struct uuid *consortium_id,
			   struct feed_view *view);
void live_leave(struct live *live, int slot);

struct live_counts {
	uint64_t position;	/* all transactions below it are in */
	uint64_t behind_ms;	/* since it was last known to be current */
	uint64_t changed;	/* things read again */
	uint64_t rebuilt;	/* times that all was read anew */
	uint64_t postings, students, bytes;
};
struct live_counts live_counts(struct live *live);

#endif
