/*
 * details.c - faults are worded where they arise, which may be a function in
 * PostgreSQL; here their words are known again. Looked through only when
 * something is wrong and the client reads Chinese.
 */
#include "flow/details.h"

#include <string.h>

enum { ARGUMENTS = 3 };

struct argument {
	const char *at;
	size_t bytes;
};

static const struct {
	const char *english, *chinese;
} details[] = {
#define DETAIL(english, chinese) { english, chinese },
#include "flow/details.def"
#undef DETAIL
};

/* Which argument stands here? -1: none, it is a letter like others. */
static int argument_at(const char *pattern)
{
	if (pattern[0] == '%' && pattern[1] >= '1' &&
	    pattern[1] < '1' + ARGUMENTS)
		return pattern[1] - '1';
	return -1;
}

/* The letters up to the next argument or the end. */
static size_t letters_of(const char *pattern)
{
	size_t bytes = 0;

	while (pattern[bytes] && argument_at(pattern + bytes) < 0)
		bytes++;
	return bytes;
}

/* Where the letters come next in the text; at its end if they are the last
 * of the pattern. NULL: nowhere. */
static const char *find(const char *text, const char *letters, size_t bytes)
{
	size_t length = strlen(text);

	if (length < bytes)
		return NULL;
	if (!letters[bytes])
		text += length - bytes;
	for (; strlen(text) >= bytes; text++)
		if (memcmp(text, letters, bytes) == 0)
			return text;
	return NULL;
}

static bool fits(const char *pattern, const char *text,
		 struct argument arguments[ARGUMENTS])
{
	size_t bytes = letters_of(pattern);

	if (strncmp(pattern, text, bytes) != 0)
		return false;
	pattern += bytes;
	text += bytes;
	while (*pattern) {
		struct argument *argument = &arguments[argument_at(pattern)];
		const char *next;

		pattern += 2;
		bytes = letters_of(pattern);
		next = find(text, pattern, bytes);
		if (!next || next == text)
			return false;
		*argument = (struct argument){ text, (size_t)(next - text) };
		pattern += bytes;
		text = next + bytes;
	}
	return !*text;
}

static size_t put(char *out, size_t used, const char *at, size_t bytes)
{
	must(bytes < DETAIL_CHINESE_BYTES - used);
	memcpy(out + used, at, bytes);
	return used + bytes;
}

static void fill(const char *pattern, const struct argument *arguments,
		 char *out)
{
	size_t used = 0;

	while (*pattern) {
		int i = argument_at(pattern);
		size_t bytes = letters_of(pattern);

		if (i >= 0)
			used = put(out, used, arguments[i].at,
				   arguments[i].bytes);
		else
			used = put(out, used, pattern, bytes);
		pattern += i >= 0 ? 2 : bytes;
	}
	out[used] = '\0';
}

bool detail_in_chinese(const char *english, char out[DETAIL_CHINESE_BYTES])
{
	struct argument arguments[ARGUMENTS] = { { NULL, 0 } };

	for (size_t i = 0; i < COUNT_OF(details); i++) {
		if (!fits(details[i].english, english, arguments))
			continue;
		fill(details[i].chinese, arguments, out);
		return true;
	}
	return false;
}
