/*
 * What comes next in many short yearly series of counts that are like each
 * other: for each of the next three years a number, and an interval in which
 * the true one lies four times out of five.
 *
 * Four simple methods forecast each series; what they missed when they were
 * asked at each of its past years says how much each of them is trusted. A
 * series of a few years says little, so it borrows from those of its class, its
 * category, or all. What the blend missed makes the interval, in the same way.
 *
 * Integers only: the same series, the same forecasts, on every machine.
 *
 * from   docs/forecasts.md; Hyndman, Koehler, Ord and Snyder 2008 (smoothing,
 *        damped trend); Bates and Granger 1969 (weights by past errors)
 */
#ifndef MATCHER_FORECAST_H
#define MATCHER_FORECAST_H

#include <stdbool.h>
#include <stdint.h>

#include "matcher/error.h"

enum {
	MATCH_SERIES_YEARS = 12,
	MATCH_AHEAD = 3,
	/* As far the past is asked: the last year may not be known yet. */
	MATCH_TRIED = 4,
	/* Errors that a pool must have before it is believed. */
	MATCH_POOL_ENOUGH = 30,
	MATCH_COUNT_MOST = 10000000,
	MATCH_COUNT_ONE = 65536, /* a count of 1, where fractions matter */
};

enum match_method {
	MATCH_NAIVE,  /* the last count */
	MATCH_SMOOTH, /* exponential smoothing, 1/2 */
	MATCH_TREND,  /* Holt's: level 3/4, trend 1/2, damped by 7/8 a year */
	MATCH_MEAN,   /* of all years */
};

#define MATCH_METHODS 4

/* Whose errors were borrowed. */
enum match_pool {
	MATCH_POOL_CLASS,
	MATCH_POOL_CATEGORY,
	MATCH_POOL_ALL,
	MATCH_POOL_NONE, /* too few anywhere: what is assumed */
};

struct match_series {
	uint8_t years;	/* 1..MATCH_SERIES_YEARS; the last is the latest */
	uint16_t known; /* bit i: the count of year i is; one at least */
	int64_t at[MATCH_SERIES_YEARS]; /* 0..MATCH_COUNT_MOST */
};

struct match_ahead {
	/* As counts, low <= count <= high; low is never below 0. */
	int64_t count, low, high;
	/* The rest in MATCH_COUNT_ONE, before rounding: what each method says,
	 * their blend, and how far down and up the interval goes from there,
	 * though no count is below 0. */
	int64_t by_method[MATCH_METHODS];
	int64_t exact, below, above;
	enum match_pool pool; /* whose errors made the interval */
	uint32_t errors;      /* how many; 0: MATCH_POOL_NONE */
	uint32_t own;	      /* how many of its own the series has */
};

struct match_forecast {
	struct match_ahead ahead[MATCH_AHEAD];
	uint16_t weight_mille[MATCH_METHODS]; /* their sum is 1000 */
	enum match_pool pool; /* whose errors made the weights */
};

struct match_forecast_item {
	struct match_series series;
	/* The pools that it is in, of the class and of the category. */
	uint32_t pool_class, pool_category;
	struct match_forecast forecast; /* out */
};

/*
 * Forecast all of them.
 *
 * in     pool numbers are below pool_count; no pool is both a class and a
 *        category
 * out    items[].forecast. exact is the sum of weight_mille x by_method by
 *        1000. A series that never changes is forecast to stay. below and above
 *        never shrink from a year to the next. Whatever order the items are in,
 *        each has the same forecast. Where a series is multiplied, by_method is
 *        too, but for rounding; weights and intervals are not, since small
 *        counts vary more
 * fails  MATCH_NO_MEMORY; nothing is forecast
 */
bool match_forecast(struct match_forecast_item *items, uint32_t count,
		    uint32_t pool_count,
		    struct match_error *error) MATCH_MUST_CHECK;

#endif
