/* fold.c - libutf8proc for the forms, a table made by OpenCC for characters. */
#include "wire/fold.h"

#include <opencc/opencc.h>
#include <pthread.h>
#include <string.h>
#include <utf8proc.h>

enum { HAN_FIRST = 0x3400, HAN_LAST = 0x9FFF, SCALAR_BYTES = 4,
       CONVERTED_BYTES = 64 };

static int32_t simplified[HAN_LAST - HAN_FIRST + 1];
static pthread_once_t once = PTHREAD_ONCE_INIT;
static bool is_open;

static int32_t simplify(opencc_t converter, int32_t scalar)
{
	utf8proc_uint8_t from[SCALAR_BYTES];
	char to[CONVERTED_BYTES];
	size_t bytes = (size_t)utf8proc_encode_char(scalar, from);
	size_t count = opencc_convert_utf8_to_buffer(
		converter, (const char *)from, bytes, to);
	int32_t out;

	/* One character for one, or it stays. */
	if (count == (size_t)-1 || count >= CONVERTED_BYTES ||
	    utf8proc_iterate((const utf8proc_uint8_t *)to,
			     (utf8proc_ssize_t)count, &out) !=
		    (utf8proc_ssize_t)count)
		return scalar;
	return out;
}

static void fill_table(void)
{
	opencc_t converter = opencc_open(OPENCC_DEFAULT_CONFIG_TRAD_TO_SIMP);

	if (converter == (opencc_t)-1)
		return;
	for (int32_t c = HAN_FIRST; c <= HAN_LAST; c++)
		simplified[c - HAN_FIRST] = simplify(converter, c);
	opencc_close(converter);
	is_open = true;
}

bool fold_open(void)
{
	must(pthread_once(&once, fill_table) == 0);
	return is_open;
}

const char *fold_text(struct arena *mem, const char *text)
{
	const utf8proc_option_t options =
		UTF8PROC_NULLTERM | UTF8PROC_STABLE | UTF8PROC_COMPAT |
		UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE;
	const utf8proc_uint8_t *in = (const utf8proc_uint8_t *)text;
	utf8proc_ssize_t count;
	int32_t *scalars;

	must(is_open);
	count = utf8proc_decompose(in, 0, NULL, 0, options);
	must(count >= 0);
	scalars = arena_array(mem, int32_t, (size_t)count + 1);
	count = utf8proc_decompose(in, 0, scalars, count, options);
	must(count >= 0);
	for (utf8proc_ssize_t i = 0; i < count; i++)
		if (scalars[i] >= HAN_FIRST && scalars[i] <= HAN_LAST)
			scalars[i] = simplified[scalars[i] - HAN_FIRST];
	/* Makes UTF-8 of it in the same place, with a NUL. */
	must(utf8proc_reencode(scalars, count, options) >= 0);
	return (const char *)scalars;
}
