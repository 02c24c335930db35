/* The plain way; see plain.h. */
#include "plain.h"

#include <stdio.h>
#include <string.h>

enum { UNITS_MAX = 400, GAP = 1, WORD = 1 << 30 };

/* A text as units: characters, words (by number), gaps. */
struct units {
	uint32_t at[UNITS_MAX];
	int count;
};

static bool is_letter(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/* Texts of the tests have three bytes a character, or ASCII. */
static struct units units_of(const char *at, size_t bytes)
{
	struct units units = {.count = 0};
	size_t i = 0;

	while (i < bytes) {
		unsigned char c = (unsigned char)at[i];
		uint32_t unit = GAP;

		if (c >= 0xe4 && c <= 0xe9) {
			unit = (uint32_t)c << 16 |
			       (uint32_t)(unsigned char)at[i + 1] << 8 |
			       (unsigned char)at[i + 2];
			i += 3;
		} else if (is_letter(c)) {
			unit = 7;
			while (i < bytes && is_letter((unsigned char)at[i]))
				unit = unit * 31 + (unsigned char)at[i++];
			while (i < bytes && (at[i] == '+' || at[i] == '#'))
				unit = unit * 31 + (unsigned char)at[i++];
			unit |= WORD;
		} else {
			i++;
			if (units.count == 0 ||
			    units.at[units.count - 1] == GAP)
				continue;
		}
		units.at[units.count++] = unit;
	}
	if (units.count && units.at[units.count - 1] == GAP)
		units.count--;
	return units;
}

bool plain_is_in(const char *text, struct match_text field)
{
	return memmem(field.at, field.bytes, text, strlen(text)) != NULL;
}

/* How often it stands in the field; *at_begin: at its beginning too. */
static int times_in(const struct units *wanted, struct match_text field,
		    bool *at_begin)
{
	struct units units = units_of(field.at, field.bytes);
	int times = 0;

	for (int i = 0; i + wanted->count <= units.count; i++) {
		if (memcmp(units.at + i, wanted->at,
			   (size_t)wanted->count * sizeof(uint32_t)) != 0)
			continue;
		times++;
		*at_begin = *at_begin || i == 0;
	}
	return times;
}

static unsigned row_points(const struct units *wanted,
			   const struct match_search_posting *posting)
{
	static const unsigned worth[] = {400, 150, 250, 60};
	unsigned points = 0;

	for (int i = 0; i < MATCH_SEARCH_FIELDS; i++) {
		bool at_begin = false;
		int times = times_in(wanted, posting->field[i], &at_begin);

		if (times)
			points += worth[i];
		if (i == MATCH_FIELD_TITLE && at_begin)
			points += 100;
		if (i == MATCH_FIELD_TEXT && times > 1)
			points += 10 * (unsigned)(times > 5 ? 4 : times - 1);
	}
	return points;
}

/* The best way to cut it into pieces: that whose weakest one is strongest. */
static unsigned piece_points(const struct units *all, int from,
			     const struct match_search_posting *posting)
{
	unsigned best = 0;

	if (from == all->count)
		return 1000;
	for (int piece = 2; piece <= 3 && from + piece <= all->count; piece++) {
		struct units some = {.count = piece};
		unsigned points, rest;

		memcpy(some.at, all->at + from,
		       (size_t)piece * sizeof(uint32_t));
		points = row_points(&some, posting);
		if (points == 0)
			continue;
		rest = piece_points(all, from + piece, posting);
		points = points < rest ? points : rest;
		best = points > best ? points : best;
	}
	return best;
}

unsigned plain_points(const struct plain_item *item,
		      const struct match_search_posting *posting)
{
	struct units wanted = units_of(item->text, strlen(item->text));
	unsigned points = row_points(&wanted, posting), pieces;

	if (!item->is_loose)
		return points;
	pieces = piece_points(&wanted, 0, posting) / 2;
	return points > pieces ? points : pieces;
}

bool plain_matches(const struct plain_item *items, int count,
		   const struct match_search_posting *posting,
		   uint16_t *relevance)
{
	unsigned sum = 0, wanted = 0;

	for (int i = 0; i < count; i++) {
		unsigned points = plain_points(&items[i], posting);

		if ((points > 0) == items[i].is_excluded)
			return false;
		sum += points;
		wanted += !items[i].is_excluded;
	}
	*relevance = (uint16_t)(wanted ? sum / wanted : 0);
	return true;
}

/* By the digits as they are written. */
static bool begins(uint32_t code, uint32_t with)
{
	char a[16], b[16];

	snprintf(a, sizeof(a), "%u", code);
	snprintf(b, sizeof(b), "%u", with);
	return strncmp(a, b, strlen(b)) == 0;
}

static bool has_target(const struct match_search_posting *posting,
		       uint32_t specialty)
{
	for (size_t i = 0; i < posting->target_count; i++)
		if (begins(posting->targets[i], specialty) ||
		    begins(specialty, posting->targets[i]))
			return true;
	return false;
}

bool plain_passes(const struct match_search_filter *filter,
		  const struct match_search_posting *posting)
{
	uint32_t area = filter->division;

	while (area && area % 100 == 0)
		area /= 100;
	return (!filter->kinds || filter->kinds & 1u << posting->kind) &&
	       (!area || begins(posting->division, area)) &&
	       (!filter->pay_fen || posting->pay_fen >= filter->pay_fen) &&
	       (!filter->education ||
		posting->education <= filter->education) &&
	       (!filter->specialty || has_target(posting, filter->specialty)) &&
	       (!filter->enterprise ||
		memcmp(posting->enterprise, filter->enterprise, 16) == 0) &&
	       (!filter->industry || posting->industry == filter->industry) &&
	       (!filter->published_since_us ||
		posting->published_us >= filter->published_since_us) &&
	       (!filter->open_at_us || posting->closes_us > filter->open_at_us);
}
