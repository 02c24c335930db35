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

/* Zeroed, it is empty. Each end has a cache line of its own. */
struct match_ring {
	_Atomic uint32_t put_count;
	uint32_t apart[15];
	_Atomic uint32_t taken_count;
	uint32_t apart_too[15];
	uint32_t slot[MATCH_RING_ROOM];
};

/* For the writer only. False: there is no room. */
static inline bool match_ring_put(struct match_ring *ring, uint32_t number)
{
	uint32_t put =
		atomic_load_explicit(&ring->put_count, memory_order_relaxed);
	uint32_t taken =
		atomic_load_explicit(&ring->taken_count, memory_order_acquire);

	if (put - taken == MATCH_RING_ROOM)
		return false;
	ring->slot[put % MATCH_RING_ROOM] = number;
	atomic_store_explicit(&ring->put_count, put + 1, memory_order_release);
	return true;
}

/* For the reader only: takes up to room numbers; says how many. */
static inline uint32_t match_ring_take(struct match_ring *ring,
				       uint32_t *numbers, uint32_t room)
{
	uint32_t taken =
		atomic_load_explicit(&ring->taken_count, memory_order_relaxed);
	uint32_t put =
		atomic_load_explicit(&ring->put_count, memory_order_acquire);
	uint32_t count = put - taken < room ? put - taken : room;

	for (uint32_t i = 0; i < count; i++)
		numbers[i] = ring->slot[(taken + i) % MATCH_RING_ROOM];
	atomic_store_explicit(&ring->taken_count, taken + count,
			      memory_order_release);
	return count;
}

#endif
