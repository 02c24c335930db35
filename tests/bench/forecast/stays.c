/*
 * Says who stays of what stands on standard input, for the benchmark and the
 * tests. A line: the numbers of class and category, three enrolled, then
 * at_risk and lost for each of the cohorts and years ahead. For each a line
 * goes out: of each year ahead count, low, high, exact, reach, share.
 *
 * Usage: forecast_stays
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "matcher/survival.h"

#define ITEMS_MOST 10000

static struct match_survival_item items[ITEMS_MOST];

static void die(const char *why)
{
	fprintf(stderr, "forecast_stays: %s\n", why);
	exit(2);
}

static int64_t number(char **line)
{
	char *end;
	int64_t got = strtoll(*line, &end, 10);

	if (end == *line)
		die("a number is missing");
	*line = end;
	return got;
}

static void read_item(char *line, struct match_survival_item *item)
{
	item->pool_class = (uint32_t)number(&line);
	item->pool_category = (uint32_t)number(&line);
	if (item->pool_class >= 2 * ITEMS_MOST ||
	    item->pool_category >= 2 * ITEMS_MOST)
		die("no such pool");
	for (int i = 0; i < MATCH_AHEAD; i++)
		item->enrolled[i] = number(&line);
	for (int c = 0; c < MATCH_COHORTS; c++)
		for (int i = 0; i < MATCH_AHEAD; i++) {
			item->past[c][i].at_risk = number(&line);
			item->past[c][i].lost = number(&line);
		}
}

int main(void)
{
	struct match_error error;
	char *line = NULL;
	size_t room = 0;
	uint32_t count = 0;

	while (getline(&line, &room, stdin) > 0 && count < ITEMS_MOST)
		read_item(line, &items[count++]);
	free(line);
	if (!match_survival(items, count, 2 * ITEMS_MOST, &error))
		die(error.text);
	for (uint32_t n = 0; n < count; n++)
		for (int i = 0; i < MATCH_AHEAD; i++) {
			const struct match_stay *stay = &items[n].stay[i];

			printf("%" PRId64 " %" PRId64 " %" PRId64 " %" PRId64
			       " %" PRId64 " %" PRId64 "%c",
			       stay->count, stay->low, stay->high, stay->exact,
			       stay->reach, stay->share,
			       i + 1 < MATCH_AHEAD ? ' ' : '\n');
		}
	return 0;
}
