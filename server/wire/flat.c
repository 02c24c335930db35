/*
 * flat.c - items are found by their brackets alone, since the text is ours;
 * what is in them is read by jansson.
 */
#include "wire/flat.h"

#include <inttypes.h>
#include <string.h>

#include "wire/json.h"

enum { LARGE_DIGITS = 19 };	/* of INT64_MAX */

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Behind the string whose opening quote is at `at`. */
static const char *behind_string(const char *at, const char *end)
{
	for (at++; at < end && *at != '"'; at++)
		at += *at == '\\';
	must(at < end);
	return at + 1;
}

/* Behind the value that begins at `at`. */
static const char *behind_value(const char *at, const char *end)
{
	int depth = 0;

	do {
		must(at < end);
		if (*at == '"') {
			at = behind_string(at, end);
			continue;
		}
		depth += *at == '{' || *at == '[';
		depth -= *at == '}' || *at == ']';
		at++;
	} while (depth > 0);
	while (at < end && !memchr(",]}", *at, 3))
		at++;
	return at;
}

void items_open(struct items *items, const char *json, size_t bytes)
{
	static const char name[] = "\"items\":[";
	const char *at = json + 1, *end = json + bytes;

	must(bytes > 0 && *json == '{');
	while ((size_t)(end - at) < sizeof(name) - 1 ||
	       memcmp(at, name, sizeof(name) - 1) != 0) {
		at = behind_string(at, end);
		must(at < end && *at == ':');
		at = behind_value(at + 1, end);
		must(at < end && *at == ',');
		at++;
	}
	*items = (struct items){ at + sizeof(name) - 1, end };
}

bool items_next(struct items *items, const char **at, size_t *bytes)
{
	const char *behind;

	must(items->at < items->end);
	if (*items->at == ']')
		return false;
	behind = behind_value(items->at, items->end);
	*at = items->at;
	*bytes = (size_t)(behind - items->at);
	items->at = behind + (*behind == ',');
	return true;
}

/* ---- cells ---- */

/* The member that the dotted name leads to, or NULL. */
static json_t *member_at(json_t *tree, const char *name)
{
	while (tree && *name) {
		size_t bytes = strcspn(name, ".");

		tree = json_object_getn(tree, name, bytes);
		name += bytes + (name[bytes] == '.');
	}
	return tree;
}

static int put(const char *at, size_t bytes, void *to)
{
	buf_bytes(to, at, bytes);
	return 0;
}

static void put_json(struct buf *out, const json_t *value)
{
	must(json_dump_callback(value, put, out, JSON_COMPACT |
				JSON_ENCODE_ANY) == 0);
}

static bool is_list_of_scalars(const json_t *value)
{
	size_t i;
	json_t *item;

	if (!json_is_array(value))
		return false;
	json_array_foreach(value, i, item) {
		if (json_is_object(item) || json_is_array(item))
			return false;
	}
	return true;
}

static void put_list(struct buf *out, const json_t *list)
{
	size_t i;
	json_t *item;

	json_array_foreach(list, i, item) {
		if (i)
			buf_text(out, "、");
		if (json_is_string(item))
			buf_bytes(out, json_string_value(item),
				  json_string_length(item));
		else
			put_json(out, item);
	}
}

/* The text that the scratch has. */
static struct flat written(struct buf *scratch)
{
	buf_byte(scratch, '\0');
	return (struct flat){ FLAT_TEXT, scratch->at, 0 };
}

static struct flat cell_of(const json_t *value, struct buf *scratch)
{
	if (!value || json_is_null(value))
		return (struct flat){ FLAT_NONE, NULL, 0 };
	if (json_is_string(value))
		return (struct flat){ FLAT_TEXT, json_string_value(value), 0 };
	if (json_is_integer(value))
		return (struct flat){ FLAT_INT, NULL,
				      json_integer_value(value) };
	if (json_is_boolean(value))
		return (struct flat){ FLAT_BOOL, NULL, json_is_true(value) };
	buf_clear(scratch);
	if (is_list_of_scalars(value))
		put_list(scratch, value);
	else
		put_json(scratch, value);
	return written(scratch);
}

/* The JSON with the integers quoted that may be beyond jansson's int64_t. */
static void quote_large(struct buf *out, const char *at, const char *end)
{
	buf_clear(out);
	while (at < end) {
		const char *next = at + 1;
		bool is_large;

		if (*at == '"')
			next = behind_string(at, end);
		while (is_digit(*at) && next < end && is_digit(*next))
			next++;
		is_large = is_digit(*at) && next - at >= LARGE_DIGITS;
		if (is_large)
			buf_byte(out, '"');
		buf_bytes(out, at, (size_t)(next - at));
		if (is_large)
			buf_byte(out, '"');
		at = next;
	}
}

static json_t *tree_of(const char *json, size_t bytes, struct buf *scratch)
{
	json_t *tree = json_loadb(json, bytes, JSON_DECODE_ANY, NULL);

	if (tree)
		return tree;
	quote_large(scratch, json, json + bytes);
	tree = json_loadb(scratch->at, scratch->used, JSON_DECODE_ANY, NULL);
	must(tree);
	return tree;
}

void flat_item(struct flat_sink *sink, const char *const *columns,
	       const char *json, size_t bytes)
{
	json_t *tree = tree_of(json, bytes, &sink->scratch);

	for (size_t i = 0; columns[i]; i++) {
		struct flat cell = cell_of(member_at(tree, columns[i]),
					   &sink->scratch);

		sink->cell(sink->to, i, &cell);
	}
	json_decref(tree);
}
