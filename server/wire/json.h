/*
 * json.h - a JSON text read into a tree, after a look at its size: jansson
 * makes 77 MB of 1 MB of "{}". Only wire/ includes this.
 */
#ifndef WIRE_JSON_H
#define WIRE_JSON_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

enum { JSON_READ_DEPTH_MAX = 16, JSON_READ_VALUES_MAX = 10000 };

/*
 * out    the tree, of any type; released when the arena is
 * fails  not JSON in UTF-8, too deep, too many values (an array or object is
 *        one, and so is each thing in it; names are none), a member twice, a
 *        number out of range: `why` says what and where
 * from   RFC 8259; reliability.md 0, 5
 */
MUST_CHECK bool json_read(struct arena *mem, const char *json, size_t bytes,
			  json_t **out, const char **why);

/* The same within other bounds than those of a request's body. */
struct json_limits { int depth; long values; };
struct json_text { const char *at; size_t bytes; };
MUST_CHECK bool json_read_within(struct arena *mem, struct json_text json,
				 struct json_limits limits, json_t **out,
				 const char **why);

#endif
