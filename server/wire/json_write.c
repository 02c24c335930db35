/*
 * json_write.c - runs of plain bytes are copied whole, the rest goes through
 * one table. It trusts its callers with valid UTF-8 and with closing what
 * they open; a value where none may stand is a bug and ends the process.
 */
#include "wire/json_write.h"

#include <string.h>

enum { INT_TEXT_BYTES = 20, TIME_TEXT_BYTES = 48 };

/* What follows the backslash; 'u' means \u00XX. Others stand as they are. */
static const char escapes[256] = {
	'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'b', 't', 'n', 'u', 'f', 'r',
	'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u',
	'u', 'u', 'u', 'u', ['"'] = '"', ['\\'] = '\\', [0x7F] = 'u',
};

void json_begin(struct json_writer *w, struct buf *out)
{
	*w = (struct json_writer){ .out = out, .is_first = true };
}

/* A value comes: the comma before it, unless its key has seen to that. */
static void separate(struct json_writer *w)
{
	if (w->is_after_key)
		w->is_after_key = false;
	else if (!w->is_first)
		buf_byte(w->out, ',');
	w->is_first = false;
}

void json_open(struct json_writer *w, char opener)
{
	must(w->depth < JSON_DEPTH_MAX);
	separate(w);
	buf_byte(w->out, opener);
	w->closers[w->depth++] = opener == '{' ? '}' : ']';
	w->is_first = true;
}

void json_end(struct json_writer *w)
{
	must(w->depth > 0 && !w->is_after_key);
	buf_byte(w->out, w->closers[--w->depth]);
	w->is_first = false;
}

void json_key(struct json_writer *w, const char *name)
{
	size_t bytes = strlen(name);
	char *to = buf_room(w->out, bytes + 4);
	char *at = to;

	must(w->depth > 0 && w->closers[w->depth - 1] == '}');
	must(!w->is_after_key);
	if (!w->is_first)
		*at++ = ',';
	*at++ = '"';
	memcpy(at, name, bytes);
	at += bytes;
	*at++ = '"';
	*at++ = ':';
	w->out->used += (size_t)(at - to);
	w->is_first = false;
	w->is_after_key = true;
}

/* At most six bytes. */
static void put_escaped(struct buf *out, unsigned char byte)
{
	static const char digits[] = "0123456789abcdef";
	char *to = buf_room(out, 6);

	to[0] = '\\';
	to[1] = escapes[byte];
	out->used += 2;
	if (to[1] != 'u')
		return;
	to[2] = to[3] = '0';
	to[4] = digits[byte >> 4];
	to[5] = digits[byte & 15];
	out->used += 4;
}

static void put_text(struct buf *out, const char *text, size_t bytes)
{
	const unsigned char *at = (const unsigned char *)text;
	size_t run = 0;

	/* Enough for a text that has nothing to escape, which most have. */
	buf_room(out, bytes + 2);
	buf_byte(out, '"');
	for (size_t i = 0; i < bytes; i++) {
		if (!escapes[at[i]])
			continue;
		buf_bytes(out, text + run, i - run);
		put_escaped(out, at[i]);
		run = i + 1;
	}
	buf_bytes(out, text + run, bytes - run);
	buf_byte(out, '"');
}

void json_text_bytes(struct json_writer *w, const char *text, size_t bytes)
{
	separate(w);
	put_text(w->out, text, bytes);
}

void json_text(struct json_writer *w, const char *text)
{
	json_text_bytes(w, text, strlen(text));
}

void json_int(struct json_writer *w, int64_t value)
{
	char digits[INT_TEXT_BYTES];
	size_t at = sizeof(digits);
	uint64_t left = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;

	do
		digits[--at] = (char)('0' + left % 10);
	while (left /= 10);
	if (value < 0)
		digits[--at] = '-';
	json_raw(w, digits + at, sizeof(digits) - at);
}

void json_bool(struct json_writer *w, bool truth)
{
	if (truth)
		json_raw(w, "true", 4);
	else
		json_raw(w, "false", 5);
}

void json_uuid(struct json_writer *w, const struct uuid *id)
{
	char *to;

	separate(w);
	to = buf_room(w->out, UUID_TEXT_BYTES + 1);
	uuid_text(id, to + 1);
	to[0] = to[UUID_TEXT_BYTES] = '"';
	w->out->used += UUID_TEXT_BYTES + 1;
}

void json_time(struct json_writer *w, const char *timestamptz)
{
	size_t bytes = strlen(timestamptz), sign = 19;
	char text[TIME_TEXT_BYTES];

	if (!bytes) {
		json_null(w);
		return;
	}
	must(bytes >= 22 && bytes + 4 <= sizeof(text));
	must(timestamptz[10] == ' ' && timestamptz[4] == '-');
	memcpy(text, timestamptz, bytes);
	text[10] = 'T';
	sign += strcspn(timestamptz + sign, "+-");
	must(bytes == sign + 3 || bytes == sign + 6);
	if (bytes == sign + 3) {
		memcpy(text + bytes, ":00", 3);
		bytes += 3;
	}
	if (memcmp(text + sign + 1, "00:00", 5) == 0) {
		text[sign] = 'Z';
		bytes = sign + 1;
	}
	json_text_bytes(w, text, bytes);
}

/* An item in double quotes, `at` behind the first; returns behind the last. */
static const char *quoted_item(struct json_writer *w, const char *at)
{
	struct buf *out = w->out;

	separate(w);
	buf_byte(out, '"');
	for (; *at != '"'; at++) {
		if (*at == '\\')
			at++;
		must(*at);
		if (escapes[(unsigned char)*at])
			put_escaped(out, (unsigned char)*at);
		else
			buf_byte(out, *at);
	}
	buf_byte(out, '"');
	return at + 1;
}

static const char *plain_item(struct json_writer *w, const char *at)
{
	size_t bytes = strcspn(at, ",}");

	must(bytes > 0 && *at != '{');
	if (bytes == 4 && memcmp(at, "NULL", 4) == 0)
		json_null(w);
	else
		json_text_bytes(w, at, bytes);
	return at + bytes;
}

void json_text_array(struct json_writer *w, const char *literal)
{
	const char *at = literal;

	if (!*at) {
		json_null(w);
		return;
	}
	must(*at == '{');
	json_array(w);
	for (at++; *at != '}'; at += *at == ',')
		at = *at == '"' ? quoted_item(w, at + 1) : plain_item(w, at);
	must(at[1] == '\0');
	json_end(w);
}

void json_raw(struct json_writer *w, const char *json, size_t bytes)
{
	separate(w);
	buf_bytes(w->out, json, bytes);
}

void json_member_text(struct json_writer *w, const char *name,
		      const char *text)
{
	json_key(w, name);
	if (text)
		json_text(w, text);
	else
		json_null(w);
}

void json_member_int(struct json_writer *w, const char *name, int64_t value)
{
	json_key(w, name);
	json_int(w, value);
}

void json_member_bool(struct json_writer *w, const char *name, bool truth)
{
	json_key(w, name);
	json_bool(w, truth);
}

void json_member_uuid(struct json_writer *w, const char *name,
		      const struct uuid *id)
{
	json_key(w, name);
	if (uuid_is_nil(id))
		json_null(w);
	else
		json_uuid(w, id);
}

void json_member_time(struct json_writer *w, const char *name,
		      const char *timestamptz)
{
	json_key(w, name);
	json_time(w, timestamptz);
}

void json_member_null(struct json_writer *w, const char *name)
{
	json_key(w, name);
	json_null(w);
}
