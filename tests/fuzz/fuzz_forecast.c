/*
 * Any bytes as series of counts: what is promised of their forecasts holds, and
 * no sum runs over. A series is a byte of pools, one of its length, two of the
 * years that are known and three for each count.
 */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "matcher/forecast.h"
#include "matcher/insist.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count);

enum { ITEMS_MOST = 200, POOLS = 32 };

struct bytes {
	const uint8_t *at, *end;
};

static uint32_t next(struct bytes *bytes)
{
	return bytes->at < bytes->end ? *bytes->at++ : 0;
}

static void read_item(struct bytes *bytes, struct match_forecast_item *item)
{
	struct match_series *series = &item->series;
	uint32_t pools = next(bytes);

	memset(item, 0, sizeof(*item));
	item->pool_class = pools % 16;
	item->pool_category = 16 + pools / 16;
	series->years = (uint8_t)(1 + next(bytes) % MATCH_SERIES_YEARS);
	series->known = (uint16_t)(next(bytes) << 8);
	series->known = (uint16_t)((series->known | next(bytes)) &
				   ((1u << series->years) - 1));
	if (!series->known)
		series->known = 1;
	for (int year = 0; year < series->years; year++) {
		uint32_t n = next(bytes) << 16;

		n |= next(bytes) << 8;
		n |= next(bytes);
		series->at[year] = n % (MATCH_COUNT_MOST + 1);
	}
}

static void check(const struct match_forecast *forecast)
{
	int64_t below = 0, above = 0, sum = 0;

	for (int m = 0; m < MATCH_METHODS; m++)
		sum += forecast->weight_mille[m];
	MATCH_INSIST(sum == 1000);
	for (int i = 0; i < MATCH_AHEAD; i++) {
		const struct match_ahead *ahead = &forecast->ahead[i];

		MATCH_INSIST(ahead->low >= 0 && ahead->low <= ahead->count);
		MATCH_INSIST(ahead->count <= ahead->high);
		MATCH_INSIST(ahead->below >= below && ahead->above >= above);
		below = ahead->below;
		above = ahead->above;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t count)
{
	static struct match_forecast_item items[ITEMS_MOST];
	struct bytes bytes = {data, data + count};
	struct match_error error;
	uint32_t n = 0;

	while (bytes.at < bytes.end && n < ITEMS_MOST)
		read_item(&bytes, &items[n++]);
	MATCH_INSIST(match_forecast(items, n, POOLS, &error));
	for (uint32_t i = 0; i < n; i++)
		check(&items[i].forecast);
	return 0;
}
