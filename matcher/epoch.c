/*
 * Epochs: a count that rises with every retirement. A reader notes the count
 * on entering; what was retired at a later count, or at the same, it may hold.
 *
 * Why that is enough: all accesses here and those to the published pointers
 * are in one order (sequentially consistent). If a collector misses a reader's
 * note, the note comes after the collector's look, so the reader's loads come
 * after the writer's unpublishing: it finds the new things only.
 */
#include "matcher/epoch.h"

#include "matcher/crew.h"
#include "matcher/insist.h"
#include "matcher/memory.h"

#include <stdatomic.h>

/* A cache line each, so that readers do not slow each other down. */
struct reader {
	_Atomic uint64_t seen; /* 0: not inside */
	uint64_t apart[7];
};

struct retired {
	void *what;
	void (*drop)(void *what);
	uint64_t at;
};

struct match_epochs {
	struct reader reader[MATCH_READERS_MAX];
	_Atomic uint64_t now;
	struct retired *retired; /* oldest first */
	size_t retired_count, retired_room;
};

struct match_epochs *match_epochs_new(void)
{
	struct match_epochs *epochs = match_take(1, sizeof(*epochs));

	if (epochs)
		atomic_init(&epochs->now, 1);
	return epochs;
}

void match_epochs_free(struct match_epochs *epochs)
{
	if (!epochs)
		return;
	MATCH_INSIST(match_epochs_collect(epochs) == 0);
	match_drop(epochs->retired);
	match_drop(epochs);
}

void match_epochs_enter(struct match_epochs *epochs, unsigned slot)
{
	struct reader *reader;

	MATCH_INSIST(slot < MATCH_READERS_MAX);
	reader = &epochs->reader[slot];
	MATCH_INSIST(
		atomic_load_explicit(&reader->seen, memory_order_relaxed) == 0);
	atomic_store(&reader->seen, atomic_load(&epochs->now));
}

void match_epochs_leave(struct match_epochs *epochs, unsigned slot)
{
	MATCH_INSIST(slot < MATCH_READERS_MAX);
	MATCH_INSIST(atomic_load_explicit(&epochs->reader[slot].seen,
					  memory_order_relaxed) != 0);
	atomic_store(&epochs->reader[slot].seen, 0);
}

/* The earliest count that a reader inside has noted. */
static uint64_t oldest_seen(struct match_epochs *epochs)
{
	uint64_t oldest = UINT64_MAX;

	for (unsigned i = 0; i < MATCH_READERS_MAX; i++) {
		uint64_t seen = atomic_load(&epochs->reader[i].seen);

		if (seen != 0 && seen < oldest)
			oldest = seen;
	}
	return oldest;
}

size_t match_epochs_collect(struct match_epochs *epochs)
{
	uint64_t oldest = oldest_seen(epochs);
	size_t done = 0;

	while (done < epochs->retired_count &&
	       epochs->retired[done].at < oldest) {
		epochs->retired[done].drop(epochs->retired[done].what);
		done++;
	}
	epochs->retired_count -= done;
	for (size_t i = 0; done && i < epochs->retired_count; i++)
		epochs->retired[i] = epochs->retired[i + done];
	return epochs->retired_count;
}

void match_epochs_retire(struct match_epochs *epochs, void *what,
			 void (*drop)(void *what))
{
	uint64_t at = atomic_fetch_add(&epochs->now, 1);
	void *grown =
		match_grow(epochs->retired, &epochs->retired_room,
			   epochs->retired_count + 1, sizeof(*epochs->retired));

	if (grown) {
		epochs->retired = grown;
		epochs->retired[epochs->retired_count++] =
			(struct retired){what, drop, at};
		return;
	}
	while (oldest_seen(epochs) <= at)
		match_crew_pause();
	drop(what);
}
