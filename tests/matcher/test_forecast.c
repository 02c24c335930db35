/*
 * Forecasts by hand: the methods on three years, the weights where nothing is
 * known and where one method is right, intervals as assumed and as pooled.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "matcher/forecast.h"
#include "matcher/forecast_past.h"
#include "matcher/root.h"

#define ONE MATCH_COUNT_ONE
#define ITEMS 40

static struct match_series series_of(uint8_t years, const int64_t *counts)
{
	struct match_series series = {.years = years};

	for (int i = 0; i < years; i++) {
		series.at[i] = counts[i] < 0 ? 0 : counts[i];
		series.known |= (uint16_t)((counts[i] >= 0) << i);
	}
	return series;
}

#define SERIES(...)                                                         \
	series_of(sizeof((const int64_t[]){__VA_ARGS__}) / sizeof(int64_t), \
		  (const int64_t[]){__VA_ARGS__})

static void forecast(struct match_forecast_item *items, uint32_t count)
{
	struct match_error error;

	assert_true(match_forecast(items, count, 4, &error));
}

static struct match_forecast one(struct match_series series)
{
	struct match_forecast_item item = {series, 0, 1, {.pool = 0}};

	forecast(&item, 1);
	return item.forecast;
}

static void roots(void **state)
{
	(void)state;
	for (uint64_t i = 0; i < 100000; i++) {
		uint64_t root = match_root_of(i);

		assert_true(root * root <= i && (root + 1) * (root + 1) > i);
	}
	assert_int_equal(match_root_of(UINT64_MAX), UINT32_MAX);
	assert_int_equal(match_root_of((uint64_t)3037000499 * 3037000499),
			 3037000499);
}

static void strays(void **state)
{
	(void)state;
	/* 48 + 48 * 48 / 16 = 192; 1 + 1 / 16 = 1.0625 */
	assert_int_equal(match_count_stray(48 * ONE), (int64_t)(13.8564 * ONE));
	assert_int_equal(match_count_stray(0), 67552);
	assert_int_equal(match_count_stray(ONE), 67552);
	/* 100,000 + 100,000^2 / 16: the root is 25,001.9999 */
	assert_in_range(match_count_stray((int64_t)100000 * ONE),
			(int64_t)(25001.9 * ONE), (int64_t)25002 * ONE);
}

/* 10, 20, 16: the level is 17.5 with trend 5 after two years. The third was
 * expected to be 21.875 and is 5.875 less, so level 17.46875, trend 1.4375. */
static void methods(void **state)
{
	struct match_forecast got = one(SERIES(10, 20, 16));
	const int64_t *next = got.ahead[0].by_method,
		      *third = got.ahead[2].by_method;

	(void)state;
	assert_int_equal(next[MATCH_NAIVE], 16 * ONE);
	assert_int_equal(next[MATCH_SMOOTH], 15.5 * ONE);
	assert_int_equal(next[MATCH_MEAN], 46 * ONE / 3);
	assert_int_equal(next[MATCH_TREND],
			 (int64_t)((17.46875 + 1.4375 * 7 / 8) * ONE));
	assert_in_range(
		third[MATCH_TREND],
		(int64_t)((17.46875 + 1.4375 * (.875 + .765625 + .669921875)) *
			  ONE) -
			3,
		(int64_t)((17.46875 + 1.4375 * (.875 + .765625 + .669921875)) *
			  ONE));
	assert_int_equal(third[MATCH_NAIVE], 16 * ONE);
}

/* Nothing is known of errors: naive 1, the others 5/4 of it, each of weight
 * (3,102 / 3,870)^8 = 0.1704 to 1. */
static void assumed(void **state)
{
	struct match_forecast got = one(SERIES(10, 20));
	struct match_ahead *next = &got.ahead[0];
	int64_t exact = (664 * 20 * ONE + 112 * 15 * ONE +
			 112 * (int64_t)(21.875 * ONE) + 112 * 15 * ONE) /
			1000;

	(void)state;
	assert_int_equal(got.pool, MATCH_POOL_NONE);
	assert_int_equal(got.weight_mille[MATCH_NAIVE], 664);
	for (int m = MATCH_SMOOTH; m <= MATCH_MEAN; m++)
		assert_int_equal(got.weight_mille[m], 112);
	assert_int_equal(next->exact, exact);
	assert_int_equal(next->count, 19);
	/* The root of 19.09 + 19.09^2 / 16 is 6.470, 1.2816 times is 8.29. */
	assert_int_equal(next->low, 10);
	assert_int_equal(next->high, 28);
	assert_int_equal(next->pool, MATCH_POOL_NONE);
	assert_int_equal(next->errors, 0);
	assert_int_equal(next->own, 0);
}

/* One year that is known: every method says the same. */
static void single(void **state)
{
	struct match_forecast got = one(SERIES(-1, 7, -1));

	(void)state;
	for (int i = 0; i < MATCH_AHEAD; i++) {
		assert_int_equal(got.ahead[i].count, 7);
		for (int m = 0; m < MATCH_METHODS; m++)
			assert_int_equal(got.ahead[i].by_method[m], 7 * ONE);
	}
}

/* 10, 20, unknown, 30: the trend went on to 21.875 and 25.703. */
static void gap(void **state)
{
	struct match_forecast got = one(SERIES(10, 20, -1, 30));
	double level = 17.5 + 4.375, trend = 4.375, expected, surprise;

	(void)state;
	expected = level + trend * 7 / 8;
	surprise = 30 - expected;
	level = expected + surprise * 3 / 4;
	trend = trend * 7 / 8 + surprise / 2;
	assert_in_range(got.ahead[0].by_method[MATCH_TREND],
			(int64_t)((level + trend * 7 / 8) * ONE) - 2,
			(int64_t)((level + trend * 7 / 8) * ONE));
	assert_int_equal(got.ahead[0].by_method[MATCH_MEAN], 20 * ONE);
	/* Asked at the second year, of the fourth alone. */
	assert_int_equal(got.ahead[0].own, 0);
	assert_int_equal(got.ahead[1].own, 1);
}

static void constant(void **state)
{
	struct match_forecast_item items[ITEMS];

	(void)state;
	for (int i = 0; i < ITEMS; i++)
		items[i] = (struct match_forecast_item){SERIES(9, 9, 9, 9, 9),
							(uint32_t)i % 2,
							2 + i % 2,
							{.pool = 0}};
	forecast(items, ITEMS);
	for (int i = 0; i < MATCH_AHEAD; i++) {
		const struct match_ahead *ahead = &items[7].forecast.ahead[i];

		assert_int_equal(ahead->count, 9);
		/* Nobody ever missed anything; 20 series of the class have 3,
		 * 2 and 1 errors each, and the last are too few. */
		assert_int_equal(ahead->low, 9);
		assert_int_equal(ahead->high, 9);
		assert_int_equal(ahead->own, 3 - i);
		assert_int_equal(ahead->errors, i < 2 ? 20 * (3 - i) : 40);
		assert_int_equal(ahead->pool,
				 i < 2 ? MATCH_POOL_CLASS : MATCH_POOL_ALL);
	}
}

/* Counts go up and down by turns: the mean is right, so it has the weight. */
static void mean_wins(void **state)
{
	struct match_forecast_item items[ITEMS];
	int most = 0;

	(void)state;
	for (int i = 0; i < ITEMS; i++)
		items[i] = (struct match_forecast_item){
			SERIES(50, 90, 50, 90, 50, 90, 50, 90, 50, 90),
			0,
			1,
			{.pool = 0}};
	forecast(items, ITEMS);
	for (int m = 1; m < MATCH_METHODS; m++)
		if (items[0].forecast.weight_mille[m] >
		    items[0].forecast.weight_mille[most])
			most = m;
	assert_int_equal(most, MATCH_MEAN);
	assert_int_equal(items[0].forecast.pool, MATCH_POOL_CLASS);
	assert_in_range(items[0].forecast.ahead[0].count, 65, 80);
}

/* 30 errors of one year ahead, one each of 1..30 fifteenths and so on are
 * hard to come by by hand; so: all series fall from 64 to 40 in the last year,
 * where all but the smallest part was said to be 64. */
static void pooled(void **state)
{
	struct match_forecast_item items[ITEMS];
	const struct match_ahead *ahead = &items[0].forecast.ahead[0];
	int64_t stray, width;

	(void)state;
	for (int i = 0; i < ITEMS; i++)
		items[i] = (struct match_forecast_item){
			SERIES(64, 64, 40), 0, 1, {.pool = 0}};
	forecast(items, ITEMS);
	/* 64 + 256 = 320, the root is 17.89; 24 / 17.89 = 1.342, told as 22
	 * sixteenths. All methods missed it alike, so all weigh 250. */
	assert_int_equal(items[0].forecast.weight_mille[MATCH_NAIVE], 250);
	assert_int_equal(ahead->errors, ITEMS);
	stray = match_count_stray(ahead->exact);
	width = stray * 22 / 16;
	assert_in_range(ahead->below, width - 2, width + 2);
	assert_int_equal(ahead->above, 0);
}

static void order(void **state)
{
	struct match_forecast_item there[ITEMS], back[ITEMS];

	(void)state;
	for (int i = 0; i < ITEMS; i++) {
		there[i] = (struct match_forecast_item){
			SERIES(i, 2 * i, 40 - i, i * i, 7),
			(uint32_t)i % 2,
			3,
			{.pool = 0}};
		back[ITEMS - 1 - i] = there[i];
	}
	forecast(there, ITEMS);
	forecast(back, ITEMS);
	for (int i = 0; i < ITEMS; i++)
		assert_memory_equal(&there[i].forecast,
				    &back[ITEMS - 1 - i].forecast,
				    sizeof(struct match_forecast));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(roots),    cmocka_unit_test(strays),
		cmocka_unit_test(methods),  cmocka_unit_test(assumed),
		cmocka_unit_test(single),   cmocka_unit_test(gap),
		cmocka_unit_test(constant), cmocka_unit_test(mean_wins),
		cmocka_unit_test(pooled),   cmocka_unit_test(order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
