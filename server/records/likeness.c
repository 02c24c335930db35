/* likeness.c - see likeness.h: two sorted lists, walked once. */
#include "records/likeness.h"

#include <stdlib.h>
#include <string.h>

#include "wire/fold.h"

/* The scalar at *at, which is valid UTF-8, and step over it. */
static uint32_t take_scalar(const unsigned char **at)
{
	uint32_t first = *(*at)++;
	int more = first < 0xC0 ? 0 : first < 0xE0 ? 1 : first < 0xF0 ? 2 : 3;
	uint32_t scalar = more ? first & (0x3Fu >> more) : first;

	while (more--)
		scalar = scalar << 6 | (*(*at)++ & 0x3F);
	return scalar;
}

/* Letters and digits of any script, after folding: not ASCII signs, Latin-1
 * signs, general and CJK punctuation, symbols. */
static bool counts(uint32_t c)
{
	if (c < 0x80)
		return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');
	return c >= 0xC0 && !(c >= 0x2000 && c <= 0x2BFF) &&
	       !(c >= 0x3000 && c <= 0x303F) && !(c >= 0xFE10 && c <= 0xFE6F);
}

static int by_number(const void *a, const void *b)
{
	uint64_t one = *(const uint64_t *)a, other = *(const uint64_t *)b;

	return (one > other) - (one < other);
}

struct likeness likeness_of(struct arena *mem, const char *text)
{
	const unsigned char *at =
		(const unsigned char *)fold_text(mem, text);
	uint64_t *pairs = arena_array(mem, uint64_t,
				      strlen((const char *)at) + 1);
	struct likeness l = { pairs, 0, 0 };
	uint32_t before = 0;

	while (*at) {
		uint32_t scalar = take_scalar(&at);

		if (!counts(scalar))
			continue;
		l.letters++;
		if (before)
			pairs[l.count++] = (uint64_t)before << 32 | scalar;
		before = scalar;
	}
	if (l.letters == 1)
		pairs[l.count++] = before;
	qsort(pairs, l.count, sizeof(*pairs), by_number);
	return l;
}

int likeness_mille(const struct likeness *a, const struct likeness *b)
{
	size_t i = 0, j = 0, both = 0;

	if (a->count + b->count == 0)
		return 1000;
	while (i < a->count && j < b->count) {
		if (a->pairs[i] == b->pairs[j])
			both++, i++, j++;
		else if (a->pairs[i] < b->pairs[j])
			i++;
		else
			j++;
	}
	return (int)(2000 * both / (a->count + b->count));
}
