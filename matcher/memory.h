/*
 * The one place where the matcher takes memory. Every caller may be told no.
 */
#ifndef MATCHER_MEMORY_H
#define MATCHER_MEMORY_H

#include <stdbool.h>
#include <stddef.h>

#include "matcher/error.h"

/*
 * Take room for count items, all zero.
 *
 * out    never NULL for want of items: count 0 gives a pointer to free
 * fails  NULL: no memory, or count * item_bytes does not fit a size_t
 */
void *match_take(size_t count, size_t item_bytes) MATCH_MUST_CHECK;

/*
 * Grow an array to hold at least want items, by half again or more.
 *
 * in     at is NULL or from this file; *room is its length in items
 * out    the array, perhaps moved; *room >= want; new items are not set
 * fails  NULL; at and *room are then untouched
 */
void *match_grow(void *at, size_t *room, size_t want,
		 size_t item_bytes) MATCH_MUST_CHECK;

void match_drop(void *at);

#endif
