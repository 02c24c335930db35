/*
 * Three passes: what each method missed at every past year, in pools; with the
 * weights that follow, what the blend missed, in the same pools; with that, the
 * intervals. Errors are scaled by how far such a count usually strays, so that
 * a specialty of 10 and one of 1,000 can lend to each other.
 */
#include "matcher/forecast.h"

#include "matcher/forecast_past.h"
#include "matcher/insist.h"
#include "matcher/memory.h"

#include <stddef.h>
#include <string.h>

enum {
	UNIT = 1024,	     /* a scaled error of 1 */
	BIN = 64,	     /* errors are told apart by 1/16 */
	BINS_A_SIDE = 128,   /* and no further than 8 */
	OWN_BEFORE_POOL = 3, /* errors of one's own that a pool's mean equals */
	OWN_BEFORE_WIDTH = 5,
	LEAST_MISSED = 10, /* a method without error is not trusted for ever */
	WEIGHT_ONE = 65536,
	WIDTH_LEAST = UNIT / 2,
	WIDTH_MOST = 4 * UNIT,
};

/* What is assumed where nobody's errors are known: the naive method is the
 * best, and errors are normal, with the root of the years ahead. */
static const int64_t assumed_missed[MATCH_METHODS] = {1024, 1280, 1280, 1280};
static const int64_t assumed_reach[MATCH_TRIED] = {1312, 1856, 2273, 2625};
static const int64_t assumed_mean[MATCH_TRIED] = {817, 1155, 1415, 1634};

/* What the methods missed, all years ahead together. */
struct missed {
	int64_t sum[MATCH_METHODS];
	int64_t count;
};

/* What the blend missed, some years ahead. */
struct strays {
	int64_t sum, count;
	uint32_t bin[2 * BINS_A_SIDE + 1];
};

struct pool {
	struct missed missed;
	struct strays ahead[MATCH_TRIED];
};

struct making {
	struct match_forecast_item *items;
	uint32_t count;
	struct pool *pools; /* the last is of all */
	uint32_t pool_count;
};

/* ---- what the methods missed ---- */

static int64_t blend(const struct match_forecast *forecast,
		     const int64_t by_method[MATCH_METHODS])
{
	int64_t sum = 0;

	for (int m = 0; m < MATCH_METHODS; m++)
		sum += forecast->weight_mille[m] * by_method[m];
	return sum / 1000;
}

static int64_t scaled(int64_t actual, int64_t said, int64_t stray)
{
	return match_within((actual - said) * UNIT / stray, -BIN * BINS_A_SIDE,
			    BIN * BINS_A_SIDE);
}

static int64_t size_of(int64_t error)
{
	return error < 0 ? -error : error;
}

static void add_missed(struct missed *to, const struct match_trial *trial)
{
	int64_t stray = match_count_stray(trial->by_method[MATCH_NAIVE]);

	for (int m = 0; m < MATCH_METHODS; m++)
		to->sum[m] += size_of(
			scaled(trial->actual, trial->by_method[m], stray));
	to->count++;
}

static struct missed missed_by(const struct match_series *series)
{
	struct missed missed = {.count = 0};
	struct match_past state = {.seen = 0};
	struct match_trial trial = {.ahead = 0};
	uint32_t year = 0;

	while (match_ask_past(series, &state, &year, &trial))
		add_missed(&missed, &trial);
	return missed;
}

/* ---- weights ---- */

static struct pool *pool_of(const struct making *making,
			    const struct match_forecast_item *item,
			    enum match_pool which)
{
	uint32_t number = which == MATCH_POOL_CLASS	 ? item->pool_class
			  : which == MATCH_POOL_CATEGORY ? item->pool_category
							 : making->pool_count;

	return &making->pools[number];
}

static void pool_missed(const struct making *making)
{
	for (uint32_t i = 0; i < making->count; i++) {
		const struct match_forecast_item *item = &making->items[i];
		struct missed missed = missed_by(&item->series);

		for (int which = 0; which < MATCH_POOL_NONE; which++) {
			struct missed *to =
				&pool_of(making, item, which)->missed;

			for (int m = 0; m < MATCH_METHODS; m++)
				to->sum[m] += missed.sum[m];
			to->count += missed.count;
		}
	}
}

/* Shares of 1000 by weights of up to WEIGHT_ONE; the first of the heaviest
 * gets what rounding leaves. */
static void share_out(const uint64_t weight[MATCH_METHODS],
		      uint16_t mille[MATCH_METHODS])
{
	uint64_t sum = 0;
	int heaviest = 0, left = 1000;

	for (int m = 0; m < MATCH_METHODS; m++) {
		sum += weight[m];
		if (weight[m] > weight[heaviest])
			heaviest = m;
	}
	for (int m = 0; m < MATCH_METHODS; m++) {
		mille[m] = (uint16_t)(weight[m] * 1000 / sum);
		left -= mille[m];
	}
	mille[heaviest] = (uint16_t)(mille[heaviest] + left);
}

/* The eighth power of the least mean error by one's own. */
static void weigh(const int64_t mean[MATCH_METHODS],
		  uint16_t mille[MATCH_METHODS])
{
	uint64_t weight[MATCH_METHODS];
	int64_t least = mean[0];

	for (int m = 1; m < MATCH_METHODS; m++)
		if (mean[m] < least)
			least = mean[m];
	for (int m = 0; m < MATCH_METHODS; m++) {
		weight[m] = (uint64_t)(least * WEIGHT_ONE / mean[m]);
		for (int twice = 0; twice < 3; twice++)
			weight[m] = weight[m] * weight[m] / WEIGHT_ONE;
	}
	share_out(weight, mille);
}

static void choose_weights(const struct making *making,
			   struct match_forecast_item *item)
{
	struct missed own = missed_by(&item->series), pool = {.count = 1};
	int64_t mean[MATCH_METHODS];
	enum match_pool which = MATCH_POOL_CLASS;

	memcpy(pool.sum, assumed_missed, sizeof(pool.sum));
	while (which < MATCH_POOL_NONE &&
	       pool_of(making, item, which)->missed.count < MATCH_POOL_ENOUGH)
		which++;
	if (which < MATCH_POOL_NONE)
		pool = pool_of(making, item, which)->missed;
	for (int m = 0; m < MATCH_METHODS; m++)
		mean[m] = own.sum[m] * pool.count +
			  OWN_BEFORE_POOL * pool.sum[m] +
			  LEAST_MISSED * pool.count *
				  (own.count + OWN_BEFORE_POOL);
	item->forecast.pool = which;
	weigh(mean, item->forecast.weight_mille);
}

/* ---- what the blend missed ---- */

static void add_stray(struct strays *to, int64_t error)
{
	int64_t bin = (size_of(error) + BIN - 1) / BIN;

	to->sum += size_of(error);
	to->count++;
	to->bin[error < 0 ? BINS_A_SIDE - bin : BINS_A_SIDE + bin]++;
}

static int64_t blend_error(const struct match_forecast_item *item,
			   const struct match_trial *trial)
{
	int64_t said = blend(&item->forecast, trial->by_method);

	return scaled(trial->actual, said, match_count_stray(said));
}

static void pool_strays(const struct making *making,
			const struct match_forecast_item *item)
{
	struct match_past state = {.seen = 0};
	struct match_trial trial = {.ahead = 0};
	uint32_t year = 0;

	while (match_ask_past(&item->series, &state, &year, &trial)) {
		int64_t error = blend_error(item, &trial);

		for (int which = 0; which < MATCH_POOL_NONE; which++)
			add_stray(&pool_of(making, item, which)
					   ->ahead[trial.ahead - 1],
				  error);
	}
}

/* The error that is the one of a rank, from 1, among those of a pool, told
 * away from zero. */
static int64_t error_of_rank(const struct strays *strays, int64_t rank)
{
	int64_t seen = 0;
	int bin = -1;

	while (seen < rank)
		seen += strays->bin[++bin];
	return (int64_t)(bin - BINS_A_SIDE) * BIN;
}

/* ---- intervals ---- */

/* How far from the blend the interval goes, as scaled errors. */
struct reach {
	int64_t down, up;
	int64_t sum, count; /* of the pool: what it missed */
};

static struct reach reach_of(const struct strays *strays)
{
	int64_t n = strays->count + 1;
	int64_t low = error_of_rank(strays, n / 10);
	int64_t high = error_of_rank(strays, (9 * n + 9) / 10);

	return (struct reach){low < 0 ? -low : 0, high > 0 ? high : 0,
			      strays->sum, strays->count};
}

static struct reach choose_reach(const struct making *making,
				 const struct match_forecast_item *item,
				 uint32_t ahead, enum match_pool *which)
{
	for (*which = MATCH_POOL_CLASS; *which < MATCH_POOL_NONE; (*which)++) {
		const struct strays *strays =
			&pool_of(making, item, *which)->ahead[ahead];

		if (strays->count >= MATCH_POOL_ENOUGH)
			return reach_of(strays);
	}
	return (struct reach){assumed_reach[ahead], assumed_reach[ahead],
			      assumed_mean[ahead], 1};
}

/* What a series misses by what its pool does, which counts as a few errors of
 * its own. */
static int64_t width_of(const struct reach *reach, int64_t own_sum,
			int64_t own_count)
{
	if (!reach->sum)
		return UNIT;
	return match_within(
		(own_sum * reach->count + OWN_BEFORE_WIDTH * reach->sum) *
			UNIT / ((own_count + OWN_BEFORE_WIDTH) * reach->sum),
		WIDTH_LEAST, WIDTH_MOST);
}

static void add_own(const struct match_forecast_item *item,
		    int64_t sum[MATCH_TRIED], uint32_t count[MATCH_TRIED])
{
	struct match_past state = {.seen = 0};
	struct match_trial trial = {.ahead = 0};
	uint32_t year = 0;

	while (match_ask_past(&item->series, &state, &year, &trial)) {
		sum[trial.ahead - 1] += size_of(blend_error(item, &trial));
		count[trial.ahead - 1]++;
	}
}

static void round_ahead(struct match_ahead *ahead)
{
	int64_t low =
		match_within(ahead->exact - ahead->below, 0, MATCH_EXACT_MOST);

	ahead->count = (ahead->exact + MATCH_COUNT_ONE / 2) / MATCH_COUNT_ONE;
	ahead->low = low / MATCH_COUNT_ONE;
	ahead->high = (ahead->exact + ahead->above + MATCH_COUNT_ONE - 1) /
		      MATCH_COUNT_ONE;
}

static int64_t larger(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

/* How many years after the last known one the series ends. */
static uint32_t unknown_last(const struct match_forecast_item *item)
{
	uint32_t years = item->series.years, behind = 0;

	while (!(item->series.known >> (years - 1 - behind) & 1))
		behind++;
	return behind;
}

static void finish(const struct making *making,
		   struct match_forecast_item *item)
{
	int64_t sum[MATCH_TRIED] = {0}, below = 0, above = 0;
	uint32_t count[MATCH_TRIED] = {0}, behind = unknown_last(item);
	struct match_past state = {.seen = 0};

	add_own(item, sum, count);
	for (uint32_t year = 0; year < item->series.years; year++)
		match_take_year(&state, &item->series, year);
	for (uint32_t i = 0; i < MATCH_AHEAD; i++) {
		struct match_ahead *to = &item->forecast.ahead[i];
		uint32_t far =
			i + behind < MATCH_TRIED ? i + behind : MATCH_TRIED - 1;
		struct reach reach = choose_reach(making, item, far, &to->pool);
		int64_t width = width_of(&reach, sum[far], count[far]), stray;

		match_foretell(&state, i, to->by_method);
		to->exact = blend(&item->forecast, to->by_method);
		stray = match_count_stray(to->exact) * width / UNIT;
		to->below = below = larger(below, stray * reach.down / UNIT);
		to->above = above = larger(above, stray * reach.up / UNIT);
		to->own = count[far];
		to->errors =
			to->pool == MATCH_POOL_NONE ? 0 : (uint32_t)reach.count;
		round_ahead(to);
	}
}

static void check_items(const struct making *making)
{
	for (uint32_t i = 0; i < making->count; i++) {
		const struct match_forecast_item *item = &making->items[i];
		const struct match_series *series = &item->series;

		MATCH_INSIST(item->pool_class < making->pool_count);
		MATCH_INSIST(item->pool_category < making->pool_count);
		MATCH_INSIST(series->years <= MATCH_SERIES_YEARS);
		MATCH_INSIST(series->known &&
			     !(series->known >> series->years));
		for (uint32_t y = 0; y < series->years; y++)
			MATCH_INSIST(!(series->known >> y & 1) ||
				     (series->at[y] >= 0 &&
				      series->at[y] <= MATCH_COUNT_MOST));
	}
}

bool match_forecast(struct match_forecast_item *items, uint32_t count,
		    uint32_t pool_count, struct match_error *error)
{
	struct making making = {items, count, NULL, pool_count};

	check_items(&making);
	making.pools = match_take((size_t)pool_count + 1, sizeof(struct pool));
	if (!making.pools)
		return match_no_memory(error);
	pool_missed(&making);
	for (uint32_t i = 0; i < count; i++) {
		choose_weights(&making, &items[i]);
		pool_strays(&making, &items[i]);
	}
	for (uint32_t i = 0; i < count; i++)
		finish(&making, &items[i]);
	match_drop(making.pools);
	return true;
}
