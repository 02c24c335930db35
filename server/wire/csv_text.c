/* csv_text.c - GB18030 by the C library's iconv. */
#include "wire/csv_text.h"

#include <iconv.h>
#include <string.h>
#include <utf8proc.h>

#include "base/text.h"

enum { CERTAIN_SEQUENCES = 6 };

static bool is_surely_utf8(const char *at, size_t bytes)
{
	const utf8proc_uint8_t *p = (const utf8proc_uint8_t *)at;
	utf8proc_ssize_t left = (utf8proc_ssize_t)bytes;
	int long_ones = 0;

	while (left > 0 && long_ones < CERTAIN_SEQUENCES) {
		utf8proc_int32_t scalar;
		utf8proc_ssize_t step = utf8proc_iterate(p, left, &scalar);

		if (step <= 0)
			return false;
		long_ones += step >= 3;
		p += step;
		left -= step;
	}
	return true;
}

static void close_converter(void *converter)
{
	iconv_close(converter);
}

size_t csv_coding_guess(struct csv_coding *coding, struct arena *mem,
			const char *at, size_t bytes)
{
	*coding = (struct csv_coding){ .name = "UTF-8" };
	if (bytes >= 3 && memcmp(at, "\xEF\xBB\xBF", 3) == 0)
		return 3;
	if (is_surely_utf8(at, bytes))
		return 0;
	coding->name = "GB18030";
	coding->converter = iconv_open("UTF-8", "GB18030");
	/* Part of glibc on every system we run on; see the Dockerfile. */
	must(coding->converter != (iconv_t)-1);
	arena_on_reset(mem, close_converter, coding->converter);
	return bytes >= 4 && memcmp(at, "\x84\x31\x95\x33", 4) == 0 ? 4 : 0;
}

char *csv_decode(const struct csv_coding *coding, struct arena *mem,
		 const char *at, size_t bytes)
{
	/* Two bytes of GB18030 are at most three of UTF-8, four are four. */
	size_t room = 2 * bytes, left = room;
	char *in = (char *)(uintptr_t)at, *out, *to;

	if (!coding->converter)
		return text_is_utf8(at, bytes) ? arena_text(mem, at, bytes)
					       : NULL;
	out = to = arena_array(mem, char, room + 1);
	iconv(coding->converter, NULL, NULL, NULL, NULL);
	if (iconv(coding->converter, &in, &bytes, &to, &left) == (size_t)-1 ||
	    strlen(out) != room - left)
		return NULL;
	return out;
}
