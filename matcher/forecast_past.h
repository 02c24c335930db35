/*
 * The methods of a forecast: what each of them says after some years of a
 * series, and what it would have said at each year of the past.
 *
 * from   docs/forecasts.md, "Methods"
 */
#ifndef MATCHER_FORECAST_PAST_H
#define MATCHER_FORECAST_PAST_H

#include <stdbool.h>
#include <stdint.h>

#include "matcher/forecast.h"

/* Further a trend is not followed. */
#define MATCH_EXACT_MOST ((int64_t)4 * MATCH_COUNT_MOST * MATCH_COUNT_ONE)

/*
 * How far a count usually strays, in MATCH_COUNT_ONE: the root of
 * n + n^2 / 16, as of a count whose mean itself varies by a quarter; n of less
 * than 1 counts as 1.
 *
 * in     0 <= exact <= MATCH_COUNT_MOST * 4 in MATCH_COUNT_ONE
 */
int64_t match_count_stray(int64_t exact);

/* The methods' state after some years; zeroes before the first. */
struct match_past {
	int64_t last, smooth, level, trend, sum, seen;
};

/* One question to the past: what is said some years ahead, and what came. */
struct match_trial {
	int64_t by_method[MATCH_METHODS];
	int64_t actual;
	uint32_t ahead; /* 1..MATCH_TRIED */
};

/* The state after one year more; of an unknown one, the trend goes on. */
void match_take_year(struct match_past *past, const struct match_series *series,
		     uint32_t year);

/*
 * What the methods say, in MATCH_COUNT_ONE.
 *
 * in     some year was known; ahead is 0 for the year after the last taken
 */
void match_foretell(const struct match_past *past, uint32_t ahead,
		    int64_t by_method[MATCH_METHODS]);

/*
 * The next question to a series: from each known year but the first, each known
 * year after it that is near enough.
 *
 * in     past, year and trial are zeroes at the start, and nobody else's then
 * out    false: there is none left
 */
bool match_ask_past(const struct match_series *series, struct match_past *past,
		    uint32_t *year, struct match_trial *trial);

int64_t match_within(int64_t value, int64_t least, int64_t most);

#endif
