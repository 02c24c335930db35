/*
 * live.h - every consortium's postings and students in memory, ranked where
 * they are, current within a moment: a thread of its own follows the `change`
 * table, woken by NOTIFY and looking anyway a few times a second. It reads
 * committed rows only, in whatever order they become visible; without a
 * database it keeps what it has and catches up.
 *
 * from  docs/architecture.md, "Live ranking"
 */
#ifndef FLOW_LIVE_H
#define FLOW_LIVE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/config.h"
#include "base/uuid.h"
#include "matcher/index.h"

struct live;

/* Begins to read; the configuration is borrowed. */
struct live *live_open(const struct config *config);
/* No reader is inside. NULL: nothing to do. */
void live_close(struct live *live);

/* Has all been read once? From any thread. NULL, here and in live_counts: the
 * program ranks nothing, and is ready. */
bool live_is_ready(const struct live *live);

/*
 * Between the two, what enter returns stays as it is. Each event loop has its
 * own slot, its number.
 * fails  NULL: the consortium is not there yet; leave all the same
 */
const struct match_snapshot *live_enter(struct live *live, int slot,
					const struct uuid *consortium_id);
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
