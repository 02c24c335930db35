/* Words and characters of a text; see search_words.h. */
#include "matcher/search_words.h"

enum sort { SORT_NONE, SORT_WORD, SORT_CHARACTER };

struct range {
	uint32_t from;
	uint32_t to;
	enum sort sort;
};

/*
 * Ascending; what is in none is a letter. Scripts that put no spaces between
 * words go by character: Chinese, kana, bopomofo, hangul.
 */
static const struct range ranges[] = {
	{0x00, 0x2f, SORT_NONE},
	{0x30, 0x39, SORT_WORD},
	{0x3a, 0x40, SORT_NONE},
	{0x41, 0x5a, SORT_WORD},
	{0x5b, 0x60, SORT_NONE},
	{0x61, 0x7a, SORT_WORD},
	{0x7b, 0xbf, SORT_NONE},
	{0xd7, 0xd7, SORT_NONE},
	{0xf7, 0xf7, SORT_NONE},
	{0x2000, 0x2bff, SORT_NONE},
	{0x2e00, 0x2e7f, SORT_NONE},
	{0x2e80, 0x2fdf, SORT_CHARACTER},
	{0x2ff0, 0x3004, SORT_NONE},
	{0x3005, 0x3007, SORT_CHARACTER},
	{0x3008, 0x3020, SORT_NONE},
	{0x3021, 0x3029, SORT_CHARACTER},
	{0x302a, 0x303f, SORT_NONE},
	{0x3040, 0x31ff, SORT_CHARACTER},
	{0x3200, 0x33ff, SORT_NONE},
	{0x3400, 0x4dbf, SORT_CHARACTER},
	{0x4dc0, 0x4dff, SORT_NONE},
	{0x4e00, 0x9fff, SORT_CHARACTER},
	{0xac00, 0xd7af, SORT_CHARACTER},
	{0xe000, 0xf8ff, SORT_NONE},
	{0xf900, 0xfaff, SORT_CHARACTER},
	{0xfe00, 0xfe6f, SORT_NONE},
	{0xfeff, 0xff0f, SORT_NONE},
	{0x1f000, 0x1ffff, SORT_NONE},
	{0x20000, 0x3ffff, SORT_CHARACTER},
	{0xe0000, UINT32_MAX, SORT_NONE},
};

static enum sort sort_of(uint32_t scalar)
{
	uint32_t low = 0, high = sizeof(ranges) / sizeof(ranges[0]);

	if (scalar >= 0x4e00 && scalar <= 0x9fff)
		return SORT_CHARACTER;
	while (low < high) {
		uint32_t middle = (low + high) / 2;

		if (ranges[middle].to < scalar)
			low = middle + 1;
		else
			high = middle;
	}
	/* The last range has no end. */
	return ranges[low].from <= scalar ? ranges[low].sort : SORT_WORD;
}

/* How many bytes a lead byte announces; 0: it is none. */
static uint32_t announced(uint8_t lead)
{
	if (lead < 0x80)
		return 1;
	if (lead < 0xc2)
		return 0;
	if (lead < 0xe0)
		return 2;
	if (lead < 0xf0)
		return 3;
	return lead < 0xf5 ? 4 : 0;
}

uint32_t match_scalar(const char *at, const char *end, uint32_t *scalar)
{
	static const uint8_t masks[] = {0, 0x7f, 0x1f, 0x0f, 0x07};
	uint32_t bytes = announced((uint8_t)*at);

	*scalar = UINT32_MAX;
	if (bytes == 0 || (size_t)(end - at) < bytes)
		return 1;
	for (uint32_t i = 1; i < bytes; i++)
		if (((uint8_t)at[i] & 0xc0) != 0x80)
			return 1;
	*scalar = (uint8_t)*at & masks[bytes];
	for (uint32_t i = 1; i < bytes; i++)
		*scalar = *scalar << 6 | ((uint8_t)at[i] & 0x3f);
	return bytes;
}

static enum sort sort_at(const struct match_reader *reader, const char *at,
			 uint32_t *bytes)
{
	uint32_t scalar;

	*bytes = 0;
	if (at >= reader->end)
		return SORT_NONE;
	*bytes = match_scalar(at, reader->end, &scalar);
	return sort_of(scalar);
}

struct match_reader match_reader_of(struct match_text text)
{
	return (struct match_reader){.at = text.at,
				     .end = text.at + text.bytes};
}

static void read_character(struct match_reader *reader,
			   struct match_word *word, uint32_t bytes)
{
	uint32_t next;

	word->is_character = true;
	word->text.bytes = word->head_bytes = bytes;
	if (sort_at(reader, reader->at + bytes, &next) == SORT_CHARACTER)
		word->text.bytes += next;
	reader->at += bytes;
}

/* Letters and digits, then the signs of "c++" and "c#". */
static void read_letters(struct match_reader *reader, struct match_word *word,
			 uint32_t bytes)
{
	const char *at = reader->at + bytes;

	word->is_character = false;
	word->head_bytes = bytes;
	while (sort_at(reader, at, &bytes) == SORT_WORD)
		at += bytes;
	while (at < reader->end && (*at == '+' || *at == '#'))
		at++;
	word->text.bytes = (uint32_t)(at - reader->at);
	reader->at = at;
}

bool match_read_word(struct match_reader *reader, struct match_word *word)
{
	bool is_apart = false;
	enum sort sort;
	uint32_t bytes;

	while ((sort = sort_at(reader, reader->at, &bytes)) == SORT_NONE) {
		if (reader->at >= reader->end)
			return false;
		reader->at += bytes;
		is_apart = reader->is_begun;
	}
	reader->is_begun = true;
	word->position = reader->position + is_apart;
	reader->position = word->position + 2;
	word->text.at = reader->at;
	if (sort == SORT_CHARACTER)
		read_character(reader, word, bytes);
	else
		read_letters(reader, word, bytes);
	return true;
}

bool match_word_is_pair(const struct match_word *word)
{
	return word->is_character && word->text.bytes > word->head_bytes;
}
