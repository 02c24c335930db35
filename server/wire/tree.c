/* tree.c - see tree.h: jansson's values under names of ours. */
#include "wire/tree.h"

#include <string.h>

#include "wire/json.h"

enum { DEPTH_MAX = 32, DECIMAL_DIGITS = 15, PLACES_MAX = 4 };

static const json_t *value_of(const struct tree *tree)
{
	return (const json_t *)(const void *)tree;
}

static const struct tree *tree_of(const json_t *value)
{
	return (const struct tree *)(const void *)value;
}

bool tree_read(struct arena *mem, struct tree_text json, long values_max,
	       const struct tree **out, const char **why)
{
	json_t *value;

	if (!json_read_within(mem, (struct json_text){ json.at, json.bytes },
			      (struct json_limits){ DEPTH_MAX, values_max },
			      &value, why))
		return false;
	*out = tree_of(value);
	return true;
}

enum tree_kind tree_kind(const struct tree *tree)
{
	if (!tree)
		return TREE_NULL;
	switch (json_typeof(value_of(tree))) {
	case JSON_OBJECT:
		return TREE_OBJECT;
	case JSON_ARRAY:
		return TREE_ARRAY;
	case JSON_STRING:
		return TREE_TEXT;
	case JSON_INTEGER:
	case JSON_REAL:
		return TREE_NUMBER;
	case JSON_TRUE:
	case JSON_FALSE:
		return TREE_BOOL;
	default:
		return TREE_NULL;
	}
}

const struct tree *tree_member(const struct tree *tree, const char *name)
{
	return tree ? tree_of(json_object_get(value_of(tree), name)) : NULL;
}

size_t tree_count(const struct tree *tree)
{
	return tree ? json_array_size(value_of(tree)) : 0;
}

const struct tree *tree_at(const struct tree *tree, size_t i)
{
	return tree_of(json_array_get(value_of(tree), i));
}

const char *tree_text(const struct tree *tree)
{
	return tree ? json_string_value(value_of(tree)) : NULL;
}

/* Digits with commas between thousands, a point, and no more places than
 * asked for but noughts. */
static bool read_decimal(const char *text, int places, int64_t *out)
{
	int64_t number = 0;
	int digits = 0, left = -1;

	for (; *text; text++) {
		if (*text == ',' && digits && left < 0)
			continue;
		if (*text == '.' && digits && left < 0) {
			left = places;
			continue;
		}
		if (*text < '0' || *text > '9' ||
		    (left == 0 && *text != '0'))
			return false;
		if (left == 0)
			continue;
		if (++digits > DECIMAL_DIGITS)
			return false;
		number = number * 10 + (*text - '0');
		left -= left > 0;
	}
	for (int i = left < 0 ? places : left; i > 0; i--)
		number *= 10;
	*out = number;
	return digits > 0;
}

/* A double of so few digits is written back as it was read. */
static bool real_decimal(double real, int places, int64_t *out)
{
	double scaled = real, off;

	for (int i = 0; i < places; i++)
		scaled *= 10;
	if (!(scaled >= 0 && scaled < 1e15))
		return false;
	*out = (int64_t)(scaled + 0.5);
	off = scaled - (double)*out;
	return off > -1e-3 && off < 1e-3;
}

static bool whole_decimal(int64_t number, int places, int64_t *out)
{
	for (int i = 0; i < places; i++)
		if (__builtin_mul_overflow(number, 10, &number))
			return false;
	*out = number;
	return number >= 0 && number < INT64_C(1000000000000000);
}

bool tree_decimal(const struct tree *tree, int places, int64_t *out)
{
	const json_t *value = value_of(tree);

	must(places <= PLACES_MAX);
	if (!tree)
		return false;
	if (json_is_integer(value))
		return whole_decimal(json_integer_value(value), places, out);
	if (json_is_real(value))
		return real_decimal(json_real_value(value), places, out);
	return json_is_string(value) &&
	       read_decimal(json_string_value(value), places, out);
}

bool tree_next(const struct tree *tree, struct tree_walk *walk)
{
	json_t *object = (json_t *)(void *)(uintptr_t)value_of(tree);

	if (tree_kind(tree) != TREE_OBJECT)
		return false;
	walk->at = walk->at ? json_object_iter_next(object, walk->at) :
			      json_object_iter(object);
	if (!walk->at)
		return false;
	walk->name = json_object_iter_key(walk->at);
	walk->value = tree_of(json_object_iter_value(walk->at));
	return true;
}

const char *tree_json(struct arena *mem, const struct tree *tree)
{
	size_t flags = JSON_COMPACT | JSON_ENCODE_ANY;
	size_t bytes = json_dumpb(value_of(tree), NULL, 0, flags);
	char *text = arena_array(mem, char, bytes + 1);

	must(json_dumpb(value_of(tree), text, bytes, flags) == bytes);
	text[bytes] = '\0';
	return text;
}
