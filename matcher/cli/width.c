/*
 * A table of its own: wcwidth() goes by the locale, and the same report is to
 * look the same whatever that is.
 */
#include "matcher/cli/width.h"

#include <stddef.h>

static const struct range {
	uint32_t first, last, width;
} ranges[] = {
#define WIDE(FIRST, LAST) {FIRST, LAST, 2},
#define FLAT(FIRST, LAST) {FIRST, LAST, 0},
#include "matcher/cli/width_ranges.def"
#undef WIDE
#undef FLAT
};

/* The character at the start, and how many bytes it has. */
static uint32_t character(const uint8_t *at, uint32_t *bytes)
{
	*bytes = 1;
	if (at[0] < 0x80)
		return at[0];
	*bytes = 2;
	if (at[0] < 0xe0)
		return (at[0] & 0x1fu) << 6 | (at[1] & 0x3fu);
	*bytes = 3;
	if (at[0] < 0xf0)
		return (at[0] & 0x0fu) << 12 | (at[1] & 0x3fu) << 6 |
		       (at[2] & 0x3fu);
	*bytes = 4;
	return (at[0] & 0x07u) << 18 | (at[1] & 0x3fu) << 12 |
	       (at[2] & 0x3fu) << 6 | (at[3] & 0x3fu);
}

static uint32_t width_of(uint32_t character)
{
	size_t low = 0, high = sizeof(ranges) / sizeof(*ranges);

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (character < ranges[middle].first)
			high = middle;
		else if (character > ranges[middle].last)
			low = middle + 1;
		else
			return ranges[middle].width;
	}
	return 1;
}

uint32_t display_width(struct match_id text)
{
	uint32_t width = 0, bytes;

	for (uint32_t at = 0; at < text.bytes; at += bytes)
		width += width_of(
			character((const uint8_t *)text.text + at, &bytes));
	return width;
}
