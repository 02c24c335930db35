/*
 * Any bytes as specialties and their past cohorts: what is promised of who
 * stays holds, nobody stays more where more were lost, the order of specialties
 * makes no difference, and no sum runs over. A specialty is a byte of pools and
 * three for each number, those of one cohort beside each other.
 */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "matcher/insist.h"
#include "matcher/survival.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count);

enum { ITEMS_MOST = 200, POOLS = 32 };

struct bytes {
	const uint8_t *at, *end;
};

static uint32_t next(struct bytes *bytes)
{
	return bytes->at < bytes->end ? *bytes->at++ : 0;
}

/* 0..most */
static int64_t next_number(struct bytes *bytes, int64_t most)
{
	uint32_t n = next(bytes) << 16;

	n |= next(bytes) << 8;
	n |= next(bytes);
	return n % (most + 1);
}

static void read_item(struct bytes *bytes, struct match_survival_item *item)
{
	uint32_t pools = next(bytes);

	memset(item, 0, sizeof(*item));
	item->pool_class = pools % 16;
	item->pool_category = 16 + pools / 16;
	for (int i = 0; i < MATCH_AHEAD; i++)
		item->enrolled[i] = next_number(bytes, MATCH_ENROLLED_MOST);
	for (int c = 0; c < MATCH_COHORTS; c++)
		for (int i = 0; i < MATCH_AHEAD; i++) {
			struct match_loss *past = &item->past[c][i];

			past->at_risk = next_number(bytes, MATCH_ENROLLED_MOST);
			past->lost = next_number(bytes, past->at_risk);
		}
}

static void survive(struct match_survival_item *items, uint32_t count)
{
	struct match_error error;

	MATCH_INSIST(match_survival(items, count, POOLS, &error));
}

static void check_stay(const struct match_stay *stay, int64_t enrolled)
{
	MATCH_INSIST(stay->low >= 0 && stay->low <= stay->count);
	MATCH_INSIST(stay->count <= stay->high && stay->high <= enrolled);
	MATCH_INSIST(stay->exact >= 0 &&
		     stay->exact <= enrolled * MATCH_COUNT_ONE);
	MATCH_INSIST(stay->reach >= 0);
	MATCH_INSIST(stay->share >= 0 && stay->share <= MATCH_SHARE_ONE);
	MATCH_INSIST(stay->lost >= 0 && stay->lost <= stay->at_risk);
}

static void check(const struct match_survival_item *items, uint32_t count)
{
	for (int ahead = 0; ahead < MATCH_AHEAD; ahead++) {
		int64_t at_risk = 0, lost = 0;

		for (uint32_t i = 0; i < count; i++) {
			const struct match_stay *stay = &items[i].stay[ahead];

			check_stay(stay, items[i].enrolled[ahead]);
			at_risk += stay->at_risk;
			lost += stay->lost;
		}
		for (uint32_t i = 0; i < count; i++) {
			const struct match_stay *stay = &items[i].stay[ahead];

			MATCH_INSIST(stay->at_risk_of_all == at_risk);
			MATCH_INSIST(stay->lost_of_all == lost);
		}
	}
}

/* The same the other way round. */
static void check_order(const struct match_survival_item *items, uint32_t count)
{
	static struct match_survival_item back[ITEMS_MOST];

	for (uint32_t i = 0; i < count; i++)
		back[count - 1 - i] = items[i];
	survive(back, count);
	for (uint32_t i = 0; i < count; i++)
		MATCH_INSIST(memcmp(back[count - 1 - i].stay, items[i].stay,
				    sizeof(items[i].stay)) == 0);
}

/* As if the first specialty had lost everybody. */
static void check_worse(const struct match_survival_item *items, uint32_t count)
{
	static struct match_survival_item worse[ITEMS_MOST];

	memcpy(worse, items, count * sizeof(*items));
	for (int c = 0; c < MATCH_COHORTS; c++)
		for (int i = 0; i < MATCH_AHEAD; i++)
			worse->past[c][i].lost = worse->past[c][i].at_risk;
	survive(worse, count);
	for (uint32_t i = 0; i < count; i++)
		for (int k = 0; k < MATCH_AHEAD; k++) {
			const struct match_stay *now = &worse[i].stay[k];
			const struct match_stay *then = &items[i].stay[k];

			MATCH_INSIST(now->share >= then->share);
			MATCH_INSIST(now->exact <= then->exact);
			MATCH_INSIST(now->count <= then->count);
		}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t count)
{
	static struct match_survival_item items[ITEMS_MOST];
	struct bytes bytes = {data, data + count};
	uint32_t n = 0;

	while (bytes.at < bytes.end && n < ITEMS_MOST)
		read_item(&bytes, &items[n++]);
	survive(items, n);
	check(items, n);
	check_order(items, n);
	if (n > 0)
		check_worse(items, n);
	return 0;
}
