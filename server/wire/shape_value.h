/*
 * shape_value.h - one value against one field of a table. Bodies and query
 * parameters share it; only shape.c and shape_params.c include it.
 */
#ifndef WIRE_SHAPE_VALUE_H
#define WIRE_SHAPE_VALUE_H

#include "wire/shape.h"

/* What is wrong with a value; texts static or of the arena. */
struct complaint {
	const char *code, *english, *chinese;
};

/* Fills the complaint and returns false, so that a caller can return it. */
bool complain(struct complaint *why, const char *code, const char *english,
	      const char *chinese);

/*
 * Every kind that is written as a text: TEXT, CODE, ENUM, UUID, DATE, TIME.
 *
 * in     text is valid UTF-8
 * fails  false, why is filled; the slot is then untouched
 */
MUST_CHECK bool value_text(const struct field *field, struct arena *mem,
			   const char *text, void *slot,
			   struct complaint *why);
MUST_CHECK bool value_int(const struct field *field, struct arena *mem,
			  int64_t value, int64_t *slot, struct complaint *why);

/* How many items the list has, and (DISTINCT) whether one comes twice. */
MUST_CHECK bool value_count(const struct field *field, struct arena *mem,
			    size_t count, struct complaint *why);
MUST_CHECK bool value_distinct(const struct field *field, struct arena *mem,
			       const void *slot, struct complaint *why);

/* The field that each item of TEXTS or UUIDS is held to. */
struct field value_item_field(const struct field *list);

#endif
