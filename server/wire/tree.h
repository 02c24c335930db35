/*
 * tree.h - a JSON document of any shape as a tree to walk, where no table
 * (shape.h) can say beforehand what stands where, as in JSON-LD.
 *
 * mem   a tree lives as long as the arena it was read into; so do its texts
 */
#ifndef WIRE_TREE_H
#define WIRE_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

struct tree;	/* one value; a json_t: only wire/ knows */

enum tree_kind { TREE_NULL, TREE_BOOL, TREE_NUMBER, TREE_TEXT, TREE_ARRAY,
		 TREE_OBJECT };

/* NULL: of texts without a tree. */
struct tree_text { const char *at; size_t bytes; };

/*
 * in    values_max bounds memory: a value takes about 100 bytes
 * fails  as json_read (json.h) says, but nested 32 deep at most
 */
MUST_CHECK bool tree_read(struct arena *mem, struct tree_text json,
			  long values_max, const struct tree **out,
			  const char **why);

/* TREE_NULL for NULL, so that what is absent and what is null are one. */
enum tree_kind tree_kind(const struct tree *tree);

/* NULL: no object, or it has no such member. */
const struct tree *tree_member(const struct tree *tree, const char *name);

/* Of an array; 0 for all else. */
size_t tree_count(const struct tree *tree);
const struct tree *tree_at(const struct tree *tree, size_t i);

/* NULL: no text. */
const char *tree_text(const struct tree *tree);

/*
 * A number, or a text that is one ("1,234.50", "12000"), times 10^places.
 * fails  neither, or what is left of it is no whole number within 10^15
 */
MUST_CHECK bool tree_decimal(const struct tree *tree, int places,
			     int64_t *out);

/* The members of an object, in their order: at begins NULL. */
struct tree_walk {
	void *at;
	const char *name;
	const struct tree *value;
};
MUST_CHECK bool tree_next(const struct tree *tree, struct tree_walk *walk);

/* As JSON. */
const char *tree_json(struct arena *mem, const struct tree *tree);

#endif
