/*
 * The four methods, one year after the other, and what they would have said.
 * Fractions are of MATCH_COUNT_ONE and cut off towards zero.
 */
#include "matcher/forecast_past.h"

#include "matcher/insist.h"
#include "matcher/root.h"

int64_t match_count_stray(int64_t exact)
{
	uint64_t n =
		(uint64_t)(exact < MATCH_COUNT_ONE ? MATCH_COUNT_ONE : exact);
	uint64_t coarse = n >> 10;

	MATCH_INSIST(exact >= 0 && exact <= MATCH_EXACT_MOST);
	/* 16 (n + n^2 / 16), in a unit whose square fits. */
	if (n < (uint64_t)1 << 31)
		return (int64_t)(match_root_of(n * (n + 16 * MATCH_COUNT_ONE)) /
				 4);
	return (int64_t)(match_root_of(coarse * (coarse + 1024)) * 256);
}

/* ---- the methods ---- */

static void begin(struct match_past *past, int64_t count)
{
	*past = (struct match_past){count, count, count, 0, count, 1};
}

static void take_count(struct match_past *past, int64_t count)
{
	int64_t expected = past->level + past->trend * 7 / 8;
	int64_t surprise = count - expected;

	past->level = expected + surprise * 3 / 4;
	past->trend = past->trend * 7 / 8 + surprise / 2;
	past->smooth += (count - past->smooth) / 2;
	past->sum += count;
	past->last = count;
	past->seen++;
}

/* A year of which nothing is known: the trend goes on. */
static void pass_year(struct match_past *past)
{
	past->trend = past->trend * 7 / 8;
	past->level += past->trend;
}

void match_take_year(struct match_past *past, const struct match_series *series,
		     uint32_t year)
{
	int64_t count = series->at[year] * MATCH_COUNT_ONE;

	if (!(series->known >> year & 1)) {
		if (past->seen)
			pass_year(past);
	} else if (!past->seen) {
		begin(past, count);
	} else {
		take_count(past, count);
	}
}

int64_t match_within(int64_t value, int64_t least, int64_t most)
{
	return value < least ? least : value > most ? most : value;
}

void match_foretell(const struct match_past *past, uint32_t ahead,
		    int64_t by_method[MATCH_METHODS])
{
	int64_t level = past->level, trend = past->trend;

	for (uint32_t i = 0; i <= ahead; i++) {
		trend = trend * 7 / 8;
		level += trend;
	}
	by_method[MATCH_NAIVE] = past->last;
	by_method[MATCH_SMOOTH] = past->smooth;
	by_method[MATCH_TREND] = match_within(level, 0, MATCH_EXACT_MOST);
	by_method[MATCH_MEAN] = past->sum / past->seen;
}

/* ---- the past, asked ---- */

bool match_ask_past(const struct match_series *series, struct match_past *past,
		    uint32_t *year, struct match_trial *trial)
{
	for (; *year < series->years; (*year)++, trial->ahead = 0) {
		if (!trial->ahead)
			match_take_year(past, series, *year);
		if (past->seen < 2 || !(series->known >> *year & 1))
			continue;
		while (trial->ahead < MATCH_TRIED) {
			uint32_t then = *year + ++trial->ahead;

			if (then >= series->years ||
			    !(series->known >> then & 1))
				continue;
			trial->actual = series->at[then] * MATCH_COUNT_ONE;
			match_foretell(past, trial->ahead - 1,
				       trial->by_method);
			return true;
		}
	}
	return false;
}
