/*
 * json.c - one pass counts, then jansson reads. The pass need not judge the
 * grammar: up to the first error, where jansson stops, its counts are exact.
 */
#include "wire/json.h"

#include <string.h>

#include "base/text.h"

struct scan {
	int depth, depth_most;
	long values;
};

/* Behind the closing quote, or the end. `at` is behind the opening one. */
static const char *skip_string(const char *at, const char *end)
{
	for (; at < end; at++) {
		if (*at == '"')
			return at + 1;
		if (*at == '\\')
			at++;
	}
	return end;
}

static bool is_word(char c)
{
	return c && !strchr("{}[]:,\" \t\r\n", c);
}

static const char *skip_word(const char *at, const char *end)
{
	while (at < end && is_word(*at))
		at++;
	return at;
}

/* Count what starts at `at` and step over it. */
static const char *scan_token(struct scan *s, const char *at, const char *end)
{
	switch (*at) {
	case '{':
	case '[':
		s->values++;
		if (++s->depth > s->depth_most)
			s->depth_most = s->depth;
		return at + 1;
	case '}':
	case ']':
		s->depth--;
		return at + 1;
	case ':':	/* the string before it was a name */
		s->values--;
		return at + 1;
	case '"':
		s->values++;
		return skip_string(at + 1, end);
	default:
		s->values += is_word(*at);
		return is_word(*at) ? skip_word(at, end) : at + 1;
	}
}

static bool is_bounded(struct json_text json, struct json_limits limits,
		       const char **why)
{
	const char *at = json.at, *end = json.at + json.bytes;
	struct scan s = { 0 };

	while (at < end) {
		at = scan_token(&s, at, end);
		if (s.depth_most > limits.depth) {
			*why = "is nested too deep";
			if (limits.depth == JSON_READ_DEPTH_MAX)
				*why = "is nested deeper than 16";
			return false;
		}
		if (s.values > limits.values + 1)
			break;
	}
	/* One more was let pass: the last may have been a name. */
	if (s.values <= limits.values)
		return true;
	*why = "has too many values";
	if (limits.values == JSON_READ_VALUES_MAX)
		*why = "has more than 10,000 values";
	return false;
}

/*
 * jansson quotes the body near the error and may cut it within a character:
 * then no reply could hold its words.
 */
static const char *said(struct arena *mem, const json_error_t *error)
{
	char *text = arena_print(mem, "line %d, column %d: %s", error->line,
				 error->column, error->text);
	bool is_sound = text_is_utf8(text, strlen(text));

	for (char *at = text; *at; at++)
		if (!is_sound && (unsigned char)*at >= 0x80)
			*at = '?';
	return text;
}

static void release(void *tree)
{
	json_decref(tree);
}

bool json_read(struct arena *mem, const char *json, size_t bytes, json_t **out,
	       const char **why)
{
	return json_read_within(mem, (struct json_text){ json, bytes },
				(struct json_limits){ JSON_READ_DEPTH_MAX,
						      JSON_READ_VALUES_MAX },
				out, why);
}

bool json_read_within(struct arena *mem, struct json_text json,
		      struct json_limits limits, json_t **out,
		      const char **why)
{
	json_error_t error;

	if (json.bytes == 0) {
		*why = "is empty";
		return false;
	}
	/* jansson 2.14 skips some of these as if they were blanks. */
	if (memchr(json.at, 0, json.bytes)) {
		*why = "has a NUL byte";
		return false;
	}
	if (!is_bounded(json, limits, why))
		return false;
	*out = json_loadb(json.at, json.bytes,
			  JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);
	if (!*out) {
		*why = said(mem, &error);
		return false;
	}
	arena_on_reset(mem, release, *out);
	return true;
}
