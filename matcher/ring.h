/*
 * A queue of numbers from one thread to another, without locks.
 *
 * from   Lamport 1983, for one reader and one writer
 */
#ifndef MATCHER_RING_H
#define MATCHER_RING_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#ifndef MATCH_RING_ROOM
#define MATCH_RING_ROOM 4096u /* a power of two; tests make it small */
#endif

/*
 * Zeroed, it is empty. What each end writes has cache lines of its own, and the
 * writer shows what it put only now and then: lines that both ends touch are
 * what a ring costs.
 */
struct match_ring {
	_Atomic uint32_t shown_count; /* of what was put */
	uint32_t apart[15];
	_Atomic uint32_t taken_count;
	uint32_t apart_too[15];
	uint32_t put_count, seen_count; /* the writer's: of taken_count */
	uint32_t apart_again[14];
	uint32_t slot[MATCH_RING_ROOM];
};

/* For the writer only: show the reader all that was put. */
static inline void match_ring_show(struct match_ring *ring)
{
	if (ring->put_count !=
	    atomic_load_explicit(&ring->shown_count, memory_order_relaxed))
		atomic_store_explicit(&ring->shown_count, ring->put_count,
				      memory_order_release);
}

/* For the writer only. False: there is no room. */
static inline bool match_ring_put(struct match_ring *ring, uint32_t number)
{
	if (ring->put_count - ring->seen_count == MATCH_RING_ROOM)
		ring->seen_count = atomic_load_explicit(&ring->taken_count,
							memory_order_acquire);
	if (ring->put_count - ring->seen_count == MATCH_RING_ROOM)
		return false;
	ring->slot[ring->put_count++ % MATCH_RING_ROOM] = number;
	return true;
}

/* For the reader only: takes up to room numbers; says how many. */
static inline uint32_t match_ring_take(struct match_ring *ring,
				       uint32_t *numbers, uint32_t room)
{
	uint32_t taken =
		atomic_load_explicit(&ring->taken_count, memory_order_relaxed);
	uint32_t shown =
		atomic_load_explicit(&ring->shown_count, memory_order_acquire);
	uint32_t count = shown - taken < room ? shown - taken : room;

	for (uint32_t i = 0; i < count; i++)
		numbers[i] = ring->slot[(taken + i) % MATCH_RING_ROOM];
	if (count)
		atomic_store_explicit(&ring->taken_count, taken + count,
				      memory_order_release);
	return count;
}

#endif
