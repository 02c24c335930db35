/*
 * Bodies and query parameters against a table with every kind of field. The
 * first byte says which: 'b' a JSON body, else lines of NAME=VALUE.
 *
 * Whatever the bytes: no flaw without words, no text that breaks what
 * shape.h promises, and a body taken without a flaw is taken again, the
 * same, when json_write writes it.
 */
#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "records/codes.h"
#include "wire/json_write.h"
#include "wire/shape.h"
#include "wire/unicode.h"

struct part {
	const char *name;
	int64_t weight;
};

struct thing {
	const char *title, *code, *kind, *day, *moment;
	int64_t seats;
	bool is_open;
	struct uuid owner;
	struct texts tags;
	struct uuids wishes;
	struct objects parts;
};

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t bytes);

static const char *const kinds[] = { "post", "internship", NULL };

static const struct field part_shape[] = {
	TEXT(struct part, name, 1, 10, REQUIRED | TRIMMED),
	INT(struct part, weight, -9, 9, OPTIONAL | NULLABLE),
	END_OF_FIELDS
};

#define SCALARS                                                                \
	TEXT(struct thing, title, 1, 40, OPTIONAL),                            \
	TIDY_CODE(struct thing, code, 6, 6, code_check_specialty,              \
		  code_tidy_specialty, OPTIONAL | NULLABLE),                   \
	ENUM(struct thing, kind, kinds, OPTIONAL),                             \
	DATE(struct thing, day, OPTIONAL),                                     \
	TIME(struct thing, moment, OPTIONAL),                                  \
	INT(struct thing, seats, INT64_MIN, INT64_MAX, OPTIONAL),              \
	BOOL(struct thing, is_open, OPTIONAL),                                 \
	UUID(struct thing, owner, OPTIONAL | NULLABLE),                        \
	TEXTS(struct thing, tags, 5, 8, NULL, DISTINCT),                       \
	UUIDS(struct thing, wishes, 3, DISTINCT)

static const struct field body_shape[] = {
	SCALARS,
	OBJECTS(struct thing, parts, 4, part_shape, struct part, OPTIONAL),
	END_OF_FIELDS
};

static const struct field query_shape[] = { SCALARS, END_OF_FIELDS };

static void check_flaws(const struct flaws *flaws)
{
	int kept = 0;

	for (const struct flaw *f = flaws->first; f; f = f->next, kept++) {
		must(text_is_utf8(f->where, strlen(f->where)));
		must(*f->code && *f->english && *f->chinese);
	}
	must(kept == (flaws->count < FLAWS_MAX ? flaws->count : FLAWS_MAX));
}

static void check_text(struct arena *mem, const char *text, size_t most)
{
	if (!text)
		return;
	must(text_is_utf8(text, strlen(text)));
	must(text_scalars(text, strlen(text)) <= most);
	must(!unicode_has_control(text));
	must(text_same(unicode_nfc(mem, text), text));
}

static void check_thing(struct arena *mem, const struct thing *t)
{
	check_text(mem, t->title, 40);
	must(!t->code || !code_check_specialty(t->code));
	must(!t->kind || t->kind == kinds[0] || t->kind == kinds[1]);
	must(t->tags.count <= 5 && t->wishes.count <= 3);
	for (size_t i = 0; i < t->tags.count; i++)
		check_text(mem, t->tags.at[i], 8);
	for (size_t i = 0; i < t->parts.count; i++)
		must(((struct part *)t->parts.at)[i].name != NULL);
}

static void write_member(struct json_writer *w, const char *name,
			 const char *text)
{
	if (text)
		json_member_text(w, name, text);
}

static void write_thing(struct json_writer *w, const struct thing *t)
{
	const struct part *parts = t->parts.at;

	json_object(w);
	write_member(w, "title", t->title);
	write_member(w, "code", t->code);
	write_member(w, "kind", t->kind);
	write_member(w, "day", t->day);
	write_member(w, "moment", t->moment);
	json_member_int(w, "seats", t->seats);
	json_member_bool(w, "is_open", t->is_open);
	json_member_uuid(w, "owner", &t->owner);
	json_key(w, "tags");
	json_array(w);
	for (size_t i = 0; i < t->tags.count; i++)
		json_text(w, t->tags.at[i]);
	json_end(w);
	json_key(w, "wishes");
	json_array(w);
	for (size_t i = 0; i < t->wishes.count; i++)
		json_uuid(w, &t->wishes.at[i]);
	json_end(w);
	json_key(w, "parts");
	json_array(w);
	for (size_t i = 0; i < t->parts.count; i++) {
		json_object(w);
		json_member_text(w, "name", parts[i].name);
		json_member_int(w, "weight", parts[i].weight);
		json_end(w);
	}
	json_end(w);
	json_end(w);
}

static void check_round_trip(struct arena *mem, const struct thing *first)
{
	struct buf one = { 0 }, two = { 0 };
	struct json_writer w;
	struct thing again = { .title = NULL };
	struct shape_seen seen;
	struct flaws flaws;
	struct shape_into into = { &again, &seen, &flaws };
	const char *why;

	flaws_init(&flaws, mem);
	json_begin(&w, &one);
	write_thing(&w, first);
	must(shape_body(body_shape, &into, one.at, one.used, &why));
	must(flaws.count == 0);
	json_begin(&w, &two);
	write_thing(&w, &again);
	must(one.used == two.used && !memcmp(one.at, two.at, one.used));
	buf_close(&one);
	buf_close(&two);
}

static void try_body(struct arena *mem, const struct shape_into *into,
		     const char *at, size_t bytes)
{
	const char *why = NULL;

	if (!shape_body(body_shape, into, at, bytes, &why)) {
		must(why && text_is_utf8(why, strlen(why)));
		must(into->flaws->count == 0);
		return;
	}
	check_flaws(into->flaws);
	if (into->flaws->count)
		return;
	check_thing(mem, into->out);
	check_round_trip(mem, into->out);
}

static void try_params(struct arena *mem, const struct shape_into *into,
		       const char *at, size_t bytes)
{
	enum { PARAMS_MAX = 32 };
	struct param params[PARAMS_MAX];
	char *text = arena_text(mem, at, bytes), *line;
	size_t count = 0;

	while (count < PARAMS_MAX && (line = strsep(&text, "\n"))) {
		char *value = line;

		params[count].name = strsep(&value, "=");
		params[count++].value = value ? value : "";
	}
	shape_params(query_shape, into, params, count);
	check_flaws(into->flaws);
	if (!into->flaws->count)
		check_thing(mem, into->out);
}

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t bytes)
{
	struct arena *mem = arena_open();
	struct thing thing = { .title = NULL };
	struct shape_seen seen;
	struct flaws flaws;
	struct shape_into into = { &thing, &seen, &flaws };

	flaws_init(&flaws, mem);
	if (bytes && *at == 'b')
		try_body(mem, &into, (const char *)at + 1, bytes - 1);
	else if (bytes)
		try_params(mem, &into, (const char *)at + 1, bytes - 1);
	arena_close(mem);
	return 0;
}
