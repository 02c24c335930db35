/*
 * fields.c - records by their field tables. Trusts that a table and the
 * columns it is read from have the same order: the API tests read back all
 * that they write.
 */
#include "records/fields.h"

#include <string.h>

#include "base/text.h"

static size_t slot_bytes(const struct field *f)
{
	switch (f->kind) {
	case FIELD_INT:
		return sizeof(int64_t);
	case FIELD_BOOL:
		return sizeof(bool);
	case FIELD_UUID:
		return sizeof(struct uuid);
	case FIELD_TEXTS:
		return sizeof(struct texts);
	case FIELD_TEXT:
	case FIELD_CODE:
	case FIELD_ENUM:
	case FIELD_DATE:
	case FIELD_TIME:
		return sizeof(const char *);
	default:
		must(!"a kind of a plain record");
		return 0;
	}
}

static bool is_named(const struct field *table, const struct field *f,
		     uint64_t bits)
{
	return bits >> (f - table) & 1;
}

void fields_settle(const struct field *table, const struct shape_seen *seen,
		   void *record)
{
	for (const struct field *f = table; f->name; f++) {
		int64_t *slot = (void *)((char *)record + f->offset);

		if (f->kind == FIELD_INT &&
		    !is_named(table, f, seen->present & ~seen->null))
			*slot = INT_NONE;
	}
}

void fields_keep(const struct field *table, const struct shape_seen *seen,
		 void *patch, const void *old)
{
	for (const struct field *f = table; f->name; f++)
		if (!is_named(table, f, seen->present))
			memcpy((char *)patch + f->offset,
			       (const char *)old + f->offset, slot_bytes(f));
}

static bool same_texts(const struct texts *a, const struct texts *b)
{
	if (a->count != b->count)
		return false;
	for (size_t i = 0; i < a->count; i++)
		if (!text_same(a->at[i], b->at[i]))
			return false;
	return true;
}

static bool same_slot(const struct field *f, const void *a, const void *b)
{
	const char *one, *other;

	switch (f->kind) {
	case FIELD_INT:
		return *(const int64_t *)a == *(const int64_t *)b;
	case FIELD_BOOL:
		return *(const bool *)a == *(const bool *)b;
	case FIELD_UUID:
		return uuid_same(a, b);
	case FIELD_TEXTS:
		return same_texts(a, b);
	default:
		one = *(const char *const *)a;
		other = *(const char *const *)b;
		return one && other ? text_same(one, other) : one == other;
	}
}

bool fields_same(const struct field *table, const void *a, const void *b)
{
	for (const struct field *f = table; f->name; f++)
		if (!same_slot(f, (const char *)a + f->offset,
			       (const char *)b + f->offset))
			return false;
	return true;
}

/* Each item ends at a comma, or in quotes at a quote not behind a slash. */
static const char *take_item(const char *at, char *to)
{
	bool is_quoted = *at == '"';

	at += is_quoted;
	while (is_quoted ? *at != '"' : *at != ',' && *at != '}') {
		must(*at != '\0');
		if (*at == '\\')
			at++;
		*to++ = *at++;
	}
	*to = '\0';
	return at + is_quoted;
}

static size_t most_items(const char *literal)
{
	size_t count = 1;

	for (; *literal; literal++)
		count += *literal == ',';
	return count;
}

struct texts texts_from_array(struct arena *mem, const char *literal)
{
	struct texts texts = { NULL, 0 };
	char *to = arena_array(mem, char, strlen(literal) + 1);

	must(*literal == '{');
	texts.at = arena_array(mem, const char *, most_items(literal));
	literal++;
	while (*literal != '}') {
		literal = take_item(literal, to);
		texts.at[texts.count++] = to;
		to += strlen(to) + 1;
		literal += *literal == ',';
	}
	return texts;
}

const char *texts_to_array(struct arena *mem, const struct texts *texts)
{
	size_t room = 3;
	char *out, *to;

	for (size_t i = 0; i < texts->count; i++)
		room += strlen(texts->at[i]) * 2 + 3;
	out = to = arena_zeroed(mem, 1, room);
	*to++ = '{';
	for (size_t i = 0; i < texts->count; i++) {
		if (i)
			*to++ = ',';
		*to++ = '"';
		for (const char *at = texts->at[i]; *at; at++) {
			if (*at == '"' || *at == '\\')
				*to++ = '\\';
			*to++ = *at;
		}
		*to++ = '"';
	}
	*to = '}';
	return out;
}

static const char *text_or_null(struct arena *mem, struct row_from at)
{
	if (rows_is_null(at.rows, at.row, at.column))
		return NULL;
	return arena_text(mem, rows_text(at.rows, at.row, at.column),
			  rows_bytes(at.rows, at.row, at.column));
}

static void read_slot(const struct field *f, void *slot, struct arena *mem,
		      struct row_from at)
{
	bool is_null = rows_is_null(at.rows, at.row, at.column);

	switch (f->kind) {
	case FIELD_INT:
		*(int64_t *)slot = is_null ? INT_NONE :
				   rows_int(at.rows, at.row, at.column);
		break;
	case FIELD_BOOL:
		*(bool *)slot = rows_bool(at.rows, at.row, at.column);
		break;
	case FIELD_UUID:
		*(struct uuid *)slot = rows_uuid(at.rows, at.row, at.column);
		break;
	case FIELD_TEXTS:
		*(struct texts *)slot = texts_from_array(
			mem, is_null ? "{}" :
				       rows_text(at.rows, at.row, at.column));
		break;
	default:
		*(const char **)slot = text_or_null(mem, at);
		break;
	}
}

void fields_from_row(const struct field *table, void *record,
		     struct arena *mem, struct row_from from)
{
	for (const struct field *f = table; f->name; f++) {
		read_slot(f, (char *)record + f->offset, mem, from);
		from.column++;
	}
}

static void write_texts(struct json_writer *w, const struct texts *texts)
{
	json_array(w);
	for (size_t i = 0; i < texts->count; i++)
		json_text(w, texts->at[i]);
	json_end(w);
}

static void write_slot(struct json_writer *w, const struct field *f,
		       const void *slot)
{
	switch (f->kind) {
	case FIELD_INT:
		if (*(const int64_t *)slot == INT_NONE)
			json_member_null(w, f->name);
		else
			json_member_int(w, f->name, *(const int64_t *)slot);
		break;
	case FIELD_BOOL:
		json_member_bool(w, f->name, *(const bool *)slot);
		break;
	case FIELD_UUID:
		json_member_uuid(w, f->name, slot);
		break;
	case FIELD_TEXTS:
		json_key(w, f->name);
		write_texts(w, slot);
		break;
	default:
		json_member_text(w, f->name, *(const char *const *)slot);
		break;
	}
}

void fields_write(struct json_writer *w, const struct field *table,
		  const void *record)
{
	for (const struct field *f = table; f->name; f++)
		write_slot(w, f, (const char *)record + f->offset);
}

static bool is_given(const struct field *f, const void *slot)
{
	switch (f->kind) {
	case FIELD_INT:
		return *(const int64_t *)slot != INT_NONE;
	case FIELD_BOOL:
		return true;
	case FIELD_UUID:
		return !uuid_is_nil(slot);
	case FIELD_TEXTS:
		return ((const struct texts *)slot)->count > 0;
	default:
		return *(const char *const *)slot != NULL;
	}
}

void fields_write_given(struct json_writer *w, const struct field *table,
			const void *record)
{
	for (const struct field *f = table; f->name; f++) {
		const void *slot = (const char *)record + f->offset;

		if (is_given(f, slot))
			write_slot(w, f, slot);
	}
}
