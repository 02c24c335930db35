/*
 * shape.c - one walk through a body beside its table. It goes on after a
 * flaw, so that a client learns of all of them at once.
 */
#include "wire/shape.h"

#include <string.h>

#include "base/text.h"
#include "wire/json.h"
#include "wire/shape_value.h"

enum { FIELDS_MAX = 64 };

/* Where the walk is; the pointer is only written when something is wrong. */
struct spot {
	const struct spot *up;
	const char *name;	/* NULL: the item of that index */
	size_t index;
};

static void walk_value(struct flaws *flaws, const struct field *f,
		       const json_t *value, char *slot,
		       const struct spot *spot);

/* As a URI fragment: RFC 6901 sections 3 and 6. */
static const char *escaped(struct arena *mem, const char *name)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
				    "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789-._!$&'()*+,;=:@?";
	char *out = arena_array(mem, char, 3 * strlen(name) + 1), *to = out;

	for (; *name; name++) {
		if (strchr(plain, *name)) {
			*to++ = *name;
		} else if (*name == '~' || *name == '/') {
			*to++ = '~';
			*to++ = *name == '~' ? '0' : '1';
		} else {
			*to++ = '%';
			text_hex(name, 1, to);
			to += 2;
		}
	}
	*to = '\0';
	return out;
}

static const char *pointer(struct arena *mem, const struct spot *spot)
{
	const char *up;

	if (!spot)
		return "#";
	up = pointer(mem, spot->up);
	if (!spot->name)
		return arena_print(mem, "%s/%zu", up, spot->index);
	return arena_print(mem, "%s/%s", up, escaped(mem, spot->name));
}

static void blame(struct flaws *flaws, const struct spot *spot,
		  const struct complaint *why)
{
	/* A body of nothing but flaws must not cost a pointer for each. */
	const char *where = flaws->count < FLAWS_MAX ?
				    pointer(flaws->mem, spot) : "";

	flaws_add(flaws, where, why->code, why->english, why->chinese);
}

static const struct field *find_field(const struct field *table,
				      const char *name)
{
	for (; table->name; table++)
		if (text_same(table->name, name))
			return table;
	return NULL;
}

static uint64_t bit_of(const struct field *table, const struct field *f)
{
	must(f - table < FIELDS_MAX);
	return (uint64_t)1 << (f - table);
}

static void walk_member(struct flaws *flaws, const struct field *f,
			const json_t *value, char *out,
			const struct spot *spot)
{
	static const struct complaint absent = {
		"required", "is required", "必填"
	};

	if (value && !(json_is_null(value) && f->flags & NULLABLE))
		walk_value(flaws, f, value, out + f->offset, spot);
	else if (!value && f->flags & REQUIRED)
		blame(flaws, spot, &absent);
}

static void blame_unknown(struct flaws *flaws, const struct field *table,
			  const json_t *body, const struct spot *spot)
{
	static const struct complaint unknown = {
		"unknown", "is not known here", "未知字段"
	};
	/* jansson's iterators take what they only read without const. */
	json_t *members = (json_t *)(uintptr_t)body;
	void *at = json_object_iter(members);

	for (; at; at = json_object_iter_next(members, at)) {
		const char *name = json_object_iter_key(at);

		if (!find_field(table, name))
			blame(flaws, &(struct spot){ spot, name, 0 }, &unknown);
	}
}

/* What was seen of the table's members. */
static struct shape_seen walk_object(struct flaws *flaws,
				     const struct field *table,
				     const json_t *body, char *out,
				     const struct spot *spot)
{
	static const struct complaint type = {
		"wrong-type", "must be an object", "必须是对象"
	};
	struct shape_seen seen = { 0 };

	if (!json_is_object(body)) {
		blame(flaws, spot, &type);
		return seen;
	}
	for (const struct field *f = table; f->name; f++) {
		const json_t *value = json_object_get(body, f->name);

		if (value)
			seen.present |= bit_of(table, f);
		if (json_is_null(value))
			seen.null |= bit_of(table, f);
		walk_member(flaws, f, value, out,
			    &(struct spot){ spot, f->name, 0 });
	}
	blame_unknown(flaws, table, body, spot);
	return seen;
}

/* Room for the items of a list, by its kind; the slot is made to say so. */
static char *list_room(const struct field *f, struct arena *mem, char *slot,
		       size_t count)
{
	struct texts *texts = (void *)slot;
	struct uuids *uuids = (void *)slot;
	struct objects *objects = (void *)slot;

	switch (f->kind) {
	case FIELD_TEXTS:
		texts->at = arena_array(mem, const char *, count);
		texts->count = count;
		return (char *)texts->at;
	case FIELD_UUIDS:
		uuids->at = arena_array(mem, struct uuid, count);
		uuids->count = count;
		return (char *)uuids->at;
	default:
		objects->at = arena_zeroed(mem, count, f->inner_bytes);
		objects->count = count;
		return objects->at;
	}
}

static size_t item_bytes(const struct field *f)
{
	return f->kind == FIELD_TEXTS ? sizeof(const char *) :
	       f->kind == FIELD_UUIDS ? sizeof(struct uuid) : f->inner_bytes;
}

static void walk_list(struct flaws *flaws, const struct field *f,
		      const json_t *list, char *slot, const struct spot *spot)
{
	size_t count = json_array_size(list);
	char *items = list_room(f, flaws->mem, slot, count);
	struct field item = value_item_field(f);
	int flaws_before = flaws->count;
	struct complaint why;

	if (!value_count(f, flaws->mem, count, &why))
		blame(flaws, spot, &why);
	for (size_t i = 0; i < count; i++) {
		const json_t *value = json_array_get(list, i);
		char *to = items + i * item_bytes(f);
		const struct spot here = { spot, NULL, i };

		if (f->kind == FIELD_OBJECTS)
			walk_object(flaws, f->inner, value, to, &here);
		else
			walk_value(flaws, &item, value, to, &here);
	}
	/* Only then is every item there to be compared. */
	if (flaws->count == flaws_before && f->kind != FIELD_OBJECTS &&
	    !value_distinct(f, flaws->mem, slot, &why))
		blame(flaws, spot, &why);
}

/* Each pair's name is a text and its value a code; null says NULL. */
static void walk_pair(struct flaws *flaws, const struct field *f,
		      const json_t *value, struct pair *to,
		      const struct spot *spot)
{
	const struct field text = { .kind = FIELD_TEXT, .min = 1, .max = f->min,
				    .flags = TRIMMED | ONE_LINE };
	struct field code = { .kind = FIELD_CODE, .min = 1, .max = f->min,
			      .check = f->check, .tidy = f->tidy };
	struct complaint why;

	if (!value_text(&text, flaws->mem, spot->name, &to->name, &why))
		blame(flaws, spot, &why);
	else if (!(json_is_null(value) && f->flags & NULLABLE))
		walk_value(flaws, &code, value, (char *)&to->value, spot);
}

static void walk_pairs(struct flaws *flaws, const struct field *f,
		       const json_t *object, char *slot,
		       const struct spot *spot)
{
	struct pairs *pairs = (void *)slot;
	json_t *members = (json_t *)(uintptr_t)object;
	void *at = json_object_iter(members);
	struct complaint why;

	pairs->count = 0;
	pairs->at = arena_array(flaws->mem, struct pair,
				json_object_size(object) + 1);
	if (!value_count(f, flaws->mem, json_object_size(object), &why))
		blame(flaws, spot, &why);
	for (; at; at = json_object_iter_next(members, at)) {
		const char *name = json_object_iter_key(at);

		walk_pair(flaws, f, json_object_iter_value(at),
			  &pairs->at[pairs->count++],
			  &(struct spot){ spot, name, 0 });
	}
}

/* Of the right JSON type? null never is: who allows it has looked before. */
static bool is_of_type(const struct field *f, const json_t *value,
		       struct complaint *why)
{
	if (json_is_null(value))
		return complain(why, "wrong-type", "must not be null",
				"不能为 null");
	switch (f->kind) {
	case FIELD_INT:
		return json_is_integer(value) ||
		       complain(why, "wrong-type", "must be an integer",
				"必须是整数");
	case FIELD_BOOL:
		return json_is_boolean(value) ||
		       complain(why, "wrong-type", "must be true or false",
				"必须是 true 或 false");
	case FIELD_PAIRS:
		return json_is_object(value) ||
		       complain(why, "wrong-type", "must be an object",
				"必须是对象");
	case FIELD_TEXTS:
	case FIELD_UUIDS:
	case FIELD_OBJECTS:
		return json_is_array(value) ||
		       complain(why, "wrong-type", "must be an array",
				"必须是数组");
	default:
		return json_is_string(value) ||
		       complain(why, "wrong-type", "must be a string",
				"必须是字符串");
	}
}

static void walk_value(struct flaws *flaws, const struct field *f,
		       const json_t *value, char *slot,
		       const struct spot *spot)
{
	struct complaint why;
	bool is_good = true;

	if (f->kind == FIELD_OBJECT) {
		walk_object(flaws, f->inner, value, slot, spot);
		return;
	}
	if (!is_of_type(f, value, &why))
		is_good = false;
	else if (json_is_object(value))
		walk_pairs(flaws, f, value, slot, spot);
	else if (json_is_array(value))
		walk_list(flaws, f, value, slot, spot);
	else if (f->kind == FIELD_BOOL)
		*(bool *)slot = json_is_true(value);
	else if (f->kind == FIELD_INT)
		is_good = value_int(f, flaws->mem, json_integer_value(value),
				    (int64_t *)(void *)slot, &why);
	else
		is_good = value_text(f, flaws->mem, json_string_value(value),
				     slot, &why);
	if (!is_good)
		blame(flaws, spot, &why);
}

bool shape_body(const struct field *table, const struct shape_into *into,
		const char *json, size_t bytes, const char **why)
{
	json_t *body;

	if (!json_read(into->flaws->mem, json, bytes, &body, why))
		return false;
	*into->seen = walk_object(into->flaws, table, body, into->out, NULL);
	return true;
}

/* Is it an object that has the list and nothing else? */
static void check_list(struct flaws *flaws, const struct field *table,
		       const json_t *body)
{
	const struct spot spot = { NULL, table->name, 0 };
	const json_t *list = json_object_get(body, table->name);
	struct complaint why;

	if (!json_is_object(body)) {
		walk_object(flaws, table, body, NULL, NULL);
		return;
	}
	if (!list)
		walk_member(flaws, table, NULL, NULL, &spot);
	else if (!is_of_type(table, list, &why) ||
		 !value_count(table, flaws->mem, json_array_size(list), &why))
		blame(flaws, &spot, &why);
	blame_unknown(flaws, table, body, NULL);
}

static void take_item(const struct shape_list *list, struct arena *mem,
		      const json_t *value, struct shape_item *item)
{
	item->out = arena_zeroed(mem, 1, list->item_bytes);
	flaws_init(&item->flaws, mem);
	item->seen = walk_object(&item->flaws, list->table, value, item->out,
				 NULL);
}

bool shape_list(const struct shape_list *list, struct flaws *flaws,
		const char *json, size_t bytes, struct shape_items *out)
{
	const struct field table[] = {
		{ .name = list->name, .kind = FIELD_OBJECTS,
		  .flags = REQUIRED | NOT_EMPTY,
		  .max = (int64_t)list->items_max },
		END_OF_FIELDS
	};
	const json_t *items;
	json_t *body;

	*out = (struct shape_items){ .count = 0 };
	if (!json_read(flaws->mem, json, bytes, &body, &out->why))
		return false;
	check_list(flaws, table, body);
	if (flaws->count)
		return true;
	items = json_object_get(body, list->name);
	out->count = json_array_size(items);
	out->at = arena_array(flaws->mem, struct shape_item, out->count);
	for (size_t i = 0; i < out->count; i++)
		take_item(list, flaws->mem, json_array_get(items, i),
			  &out->at[i]);
	return true;
}

static bool is_in(const struct field *table, uint64_t bits, const char *name)
{
	const struct field *f = find_field(table, name);

	must(f != NULL);
	return bits & bit_of(table, f);
}

bool texts_have(const struct texts *texts, const char *text)
{
	for (size_t i = 0; i < texts->count; i++)
		if (text_same(texts->at[i], text))
			return true;
	return false;
}

bool shape_has(const struct field *table, const struct shape_seen *seen,
	       const char *name)
{
	return is_in(table, seen->present, name);
}

bool shape_is_null(const struct field *table, const struct shape_seen *seen,
		   const char *name)
{
	return is_in(table, seen->null, name);
}
