/*
 * Forecasts what stands on standard input, for the benchmark and the tests. A
 * line is a series: the numbers of its class and category, then a count for
 * each year, or "-" where it is not known. An empty line ends those that are
 * forecast together. For each series a line goes out: the four weights and
 * their pool; for each year ahead count, low, high, exact, below, above, pool,
 * errors, own, and what the four methods say. An empty line ends them, too.
 *
 * Usage: forecast_ours
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "matcher/forecast.h"

#define ITEMS_MOST 10000

static struct match_forecast_item items[ITEMS_MOST];

static void die(const char *why)
{
	fprintf(stderr, "forecast_ours: %s\n", why);
	exit(2);
}

static void read_series(char *line, struct match_forecast_item *item)
{
	struct match_series *series = &item->series;
	char *rest = NULL, *word = strtok_r(line, " \n", &rest);
	unsigned long numbers[2];

	memset(item, 0, sizeof(*item));
	for (int i = 0; i < 2; i++, word = strtok_r(NULL, " \n", &rest))
		numbers[i] = word ? strtoul(word, NULL, 10) : ITEMS_MOST * 2;
	if (numbers[0] >= ITEMS_MOST * 2 || numbers[1] >= ITEMS_MOST * 2)
		die("no such pool");
	item->pool_class = (uint32_t)numbers[0];
	item->pool_category = (uint32_t)numbers[1];
	for (; word; word = strtok_r(NULL, " \n", &rest)) {
		if (series->years == MATCH_SERIES_YEARS)
			die("too many years");
		if (strcmp(word, "-") != 0) {
			series->at[series->years] = strtoll(word, NULL, 10);
			series->known |= (uint16_t)(1u << series->years);
		}
		series->years++;
	}
}

static void write_ahead(const struct match_ahead *ahead)
{
	printf(" %" PRId64 " %" PRId64 " %" PRId64 " %" PRId64 " %" PRId64
	       " %" PRId64 " %d %u %u",
	       ahead->count, ahead->low, ahead->high, ahead->exact,
	       ahead->below, ahead->above, (int)ahead->pool, ahead->errors,
	       ahead->own);
	for (int m = 0; m < MATCH_METHODS; m++)
		printf(" %" PRId64, ahead->by_method[m]);
}

static void write_forecast(const struct match_forecast *forecast)
{
	for (int m = 0; m < MATCH_METHODS; m++)
		printf("%u ", forecast->weight_mille[m]);
	printf("%d", (int)forecast->pool);
	for (int i = 0; i < MATCH_AHEAD; i++)
		write_ahead(&forecast->ahead[i]);
	putchar('\n');
}

static void forecast_all(uint32_t count)
{
	struct match_error error;

	if (!match_forecast(items, count, ITEMS_MOST * 2, &error))
		die(error.text);
	for (uint32_t i = 0; i < count; i++)
		write_forecast(&items[i].forecast);
	putchar('\n');
}

int main(void)
{
	char *line = NULL;
	size_t room = 0;
	uint32_t count = 0;

	while (getline(&line, &room, stdin) > 0) {
		if (line[0] == '\n') {
			forecast_all(count);
			count = 0;
		} else if (count == ITEMS_MOST) {
			die("too many series");
		} else {
			read_series(line, &items[count++]);
		}
	}
	if (count)
		forecast_all(count);
	free(line);
	return 0;
}
