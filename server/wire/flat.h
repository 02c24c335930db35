/*
 * flat.h - a page of a list, as json_write.h wrote it, taken apart into items
 * and these into cells, for formats that are rows of columns.
 *
 * mem   an item's tree is gone when the call returns: only one is held
 */
#ifndef WIRE_FLAT_H
#define WIRE_FLAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/base.h"
#include "base/buf.h"

/* The items of a page that are still to come. */
struct items {
	const char *at, *end;
};

/* in  json is an object of ours with an array `items`; borrowed */
void items_open(struct items *items, const char *json, size_t bytes);
MUST_CHECK bool items_next(struct items *items, const char **at,
			   size_t *bytes);

enum flat_kind { FLAT_NONE, FLAT_TEXT, FLAT_INT, FLAT_BOOL };

struct flat {
	enum flat_kind kind;
	const char *text;	/* TEXT: until the next cell */
	int64_t number;		/* INT; BOOL: 0 or 1 */
};

struct flat_sink {
	void (*cell)(void *to, size_t column, const struct flat *cell);
	void *to;
	struct buf scratch;	/* the owner closes it */
};

/*
 * Give the sink an item's cells, one for each column (NULL-terminated names).
 *
 * in     json is one value of ours, so it is good
 * out    a column "a.b" is the member b of the object a. null, and what is
 *        not there, is NONE; an integer beyond int64_t is the TEXT of its
 *        digits; lists of scalars are their texts with a 、 in between; any
 *        other list or object is its JSON
 */
void flat_item(struct flat_sink *sink, const char *const *columns,
	       const char *json, size_t bytes);

#endif
