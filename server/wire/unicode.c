/*
 * unicode.c - libutf8proc where tables are needed, short cuts where not. It
 * trusts its callers with valid UTF-8.
 */
#include "wire/unicode.h"

#include <string.h>
#include <utf8proc.h>

static const char *next_scalar(const char *at, int32_t *scalar)
{
	utf8proc_ssize_t bytes =
		utf8proc_iterate((const utf8proc_uint8_t *)at, -1, scalar);

	must(bytes > 0);
	return at + bytes;
}

/*
 * Ranges without any character that composes, decomposes or is reordered:
 * nearly all that Chinese text is made of. (The unit test holds each of them
 * to libutf8proc.)
 */
static bool is_always_nfc(int32_t c)
{
	return c < 0x300 || (c >= 0x4E00 && c <= 0x9FFF) ||
	       (c >= 0x2010 && c <= 0x2027) || (c >= 0x3000 && c <= 0x3029) ||
	       (c >= 0x3400 && c <= 0x4DBF) || (c >= 0xFF01 && c <= 0xFFEE);
}

static bool is_surely_nfc(const char *text)
{
	int32_t c;

	while (*text) {
		text = next_scalar(text, &c);
		if (!is_always_nfc(c))
			return false;
	}
	return true;
}

const char *unicode_nfc(struct arena *mem, const char *text)
{
	const utf8proc_option_t options =
		UTF8PROC_NULLTERM | UTF8PROC_STABLE | UTF8PROC_COMPOSE;
	const utf8proc_uint8_t *in = (const utf8proc_uint8_t *)text;
	utf8proc_ssize_t count;
	int32_t *scalars;

	if (is_surely_nfc(text))
		return text;
	count = utf8proc_decompose(in, 0, NULL, 0, options);
	must(count >= 0);
	scalars = arena_array(mem, int32_t, (size_t)count + 1);
	count = utf8proc_decompose(in, 0, scalars, count, options);
	must(count >= 0);
	/* Makes UTF-8 of it in the same place, with a NUL. */
	must(utf8proc_reencode(scalars, count, options) >= 0);
	return (const char *)scalars;
}

static bool is_blank(int32_t c)
{
	return c == ' ' || (c >= '\t' && c <= '\r') || c == 0xA0 ||
	       c == 0x3000 || c == 0xFEFF || (c >= 0x200B && c <= 0x200D) ||
	       (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F ||
	       c == 0x2028 || c == 0x2029 || c == 0x85;
}

/* Where the text begins and ends without blanks; both at the end if none. */
static void trimmed(const char *text, const char **from, const char **to)
{
	int32_t c;

	*from = NULL;
	*to = text;
	while (*text) {
		const char *next = next_scalar(text, &c);

		if (!is_blank(c)) {
			*from = *from ? *from : text;
			*to = next;
		}
		text = next;
	}
	if (!*from)
		*from = *to = text;
}

bool unicode_is_trimmed(const char *text)
{
	const char *from, *to;

	trimmed(text, &from, &to);
	return from == text && *to == '\0';
}

char *unicode_trim(struct arena *mem, const char *text)
{
	const char *from, *to;

	trimmed(text, &from, &to);
	return arena_text(mem, from, (size_t)(to - from));
}

char *unicode_code(struct arena *mem, const char *text)
{
	char *code = unicode_trim(mem, text), *to = code;
	const char *at = code;
	int32_t c;

	while (*at) {
		const char *next = next_scalar(at, &c);

		if (c >= 0xFF01 && c <= 0xFF5E) {
			*to++ = (char)(c - 0xFF01 + '!');
		} else if (c == 0x3000) {
			*to++ = ' ';
		} else {
			memmove(to, at, (size_t)(next - at));
			to += next - at;
		}
		at = next;
	}
	*to = '\0';
	return code;
}

void unicode_upper_ascii(char *text)
{
	for (; *text; text++)
		if (*text >= 'a' && *text <= 'z')
			*text = (char)(*text - 'a' + 'A');
}

const char *unicode_newlines(struct arena *mem, const char *text)
{
	char *copy, *to;

	if (!strstr(text, "\r\n"))
		return text;
	copy = to = arena_text(mem, text, strlen(text));
	for (const char *at = copy; *at; at++)
		if (at[0] != '\r' || at[1] != '\n')
			*to++ = *at;
	*to = '\0';
	return copy;
}

bool unicode_has_control(const char *text)
{
	for (; *text; text++) {
		unsigned char c = (unsigned char)text[0];

		if ((c < 0x20 && c != '\t' && c != '\n') || c == 0x7F)
			return true;
		/* C1, U+0080 to U+009F, is C2 80 to C2 9F. */
		if (c == 0xC2 && (unsigned char)text[1] < 0xA0)
			return true;
	}
	return false;
}
