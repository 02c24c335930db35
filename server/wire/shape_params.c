/*
 * shape_params.c - query parameters against the same tables as bodies. All
 * of them are texts, so numbers, truths and lists are read out of these.
 */
#include <string.h>

#include "base/text.h"
#include "wire/shape.h"
#include "wire/shape_value.h"

/* A name from outside may hold any bytes; a reply may not. */
static const char *shown_name(struct arena *mem, const char *name)
{
	char *out, *to;

	if (text_is_utf8(name, strlen(name)))
		return name;
	out = to = arena_array(mem, char, 3 * strlen(name) + 1);
	for (; *name; name++) {
		if (*name >= ' ' && *name <= '~') {
			*to++ = *name;
			continue;
		}
		*to++ = '%';
		text_hex(name, 1, to);
		to += 2;
	}
	return out;
}

static void blame(struct flaws *flaws, const char *name,
		  const struct complaint *why)
{
	if (flaws->count < FLAWS_MAX)
		name = shown_name(flaws->mem, name);
	flaws_add(flaws, name, why->code, why->english, why->chinese);
}

static bool take_int(const struct field *f, struct arena *mem,
		     const char *text, int64_t *slot, struct complaint *why)
{
	int64_t value;

	if (!text_to_int(text, &value))
		return complain(why, "wrong-type", "must be an integer",
				"必须是整数");
	return value_int(f, mem, value, slot, why);
}

static bool take_bool(const char *text, bool *slot, struct complaint *why)
{
	*slot = text_same(text, "true");
	return *slot || text_same(text, "false") ||
	       complain(why, "wrong-type", "must be true or false",
			"必须是 true 或 false");
}

static size_t comma_items(const char *text)
{
	size_t count = *text != '\0';

	for (; *text; text++)
		count += *text == ',';
	return count;
}

static bool take_items(const struct field *f, struct arena *mem,
		       const char *text, void *slot, struct complaint *why)
{
	struct field item = value_item_field(f);
	struct texts *texts = slot;
	struct uuids *uuids = slot;
	size_t count = comma_items(text);

	if (f->kind == FIELD_TEXTS)
		*texts = (struct texts){
			arena_array(mem, const char *, count), count
		};
	else
		*uuids = (struct uuids){
			arena_array(mem, struct uuid, count), count
		};
	for (size_t i = 0; i < count; i++) {
		size_t bytes = strcspn(text, ",");
		const char *one = arena_text(mem, text, bytes);
		void *to = f->kind == FIELD_TEXTS ? (void *)&texts->at[i]
						  : (void *)&uuids->at[i];

		if (!value_text(&item, mem, one, to, why))
			return false;
		text += bytes + (text[bytes] == ',');
	}
	return true;
}

static bool take_value(const struct field *f, struct arena *mem,
		       const char *text, char *slot, struct complaint *why)
{
	if (!text_is_utf8(text, strlen(text)))
		return complain(why, "not-utf8", "must be UTF-8",
				"必须是 UTF-8 编码");
	switch (f->kind) {
	case FIELD_INT:
		return take_int(f, mem, text, (void *)slot, why);
	case FIELD_BOOL:
		return take_bool(text, (void *)slot, why);
	case FIELD_TEXTS:
	case FIELD_UUIDS:
		return value_count(f, mem, comma_items(text), why) &&
		       take_items(f, mem, text, slot, why) &&
		       value_distinct(f, mem, slot, why);
	default:
		return value_text(f, mem, text, slot, why);
	}
}

static void take_param(const struct field *table, const struct field *f,
		       const struct shape_into *into, const char *text)
{
	static const struct complaint repeated = {
		"repeated", "must be given once only", "参数只能出现一次"
	};
	uint64_t bit = (uint64_t)1 << (f - table);
	struct complaint why;

	if (into->seen->present & bit) {
		blame(into->flaws, f->name, &repeated);
		return;
	}
	into->seen->present |= bit;
	if (!take_value(f, into->flaws->mem, text,
			(char *)into->out + f->offset, &why))
		blame(into->flaws, f->name, &why);
}

void shape_params(const struct field *table, const struct shape_into *into,
		  const struct param *params, size_t count)
{
	static const struct complaint unknown = {
		"unknown", "is not a parameter here", "未知参数"
	};
	static const struct complaint absent = {
		"required", "is required", "必填"
	};

	*into->seen = (struct shape_seen){ 0 };
	for (size_t i = 0; i < count; i++) {
		const struct field *f = table;

		while (f->name && !text_same(f->name, params[i].name))
			f++;
		if (f->name)
			take_param(table, f, into, params[i].value);
		else
			blame(into->flaws, params[i].name, &unknown);
	}
	for (const struct field *f = table; f->name; f++)
		if (f->flags & REQUIRED &&
		    !(into->seen->present >> (f - table) & 1))
			blame(into->flaws, f->name, &absent);
}
