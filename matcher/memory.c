/* Memory from libc, with the size computed where it cannot overflow. */
#include "matcher/memory.h"

#include <stdint.h>
#include <stdlib.h>

void *match_take(size_t count, size_t item_bytes)
{
	return calloc(count ? count : 1, item_bytes);
}

void *match_grow(void *at, size_t *room, size_t want, size_t item_bytes)
{
	size_t grown = *room + *room / 2 + 16;
	void *moved;

	if (at && want <= *room)
		return at;
	if (grown < want)
		grown = want;
	if (grown > SIZE_MAX / 2 / item_bytes)
		return NULL;
	moved = realloc(at, grown * item_bytes);
	if (moved)
		*room = grown;
	return moved;
}

void match_drop(void *at)
{
	free(at);
}
