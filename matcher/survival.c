/*
 * Shares from the widest to the narrowest: each is the mean of what was counted
 * and, with the weight of 50 students, the share above it. The interval is the
 * binomial one, widened by how much more the cohorts differed than chance.
 */
#include "matcher/survival.h"

#include "matcher/forecast_past.h"
#include "matcher/insist.h"
#include "matcher/memory.h"
#include "matcher/root.h"

enum {
	NORMAL_80 = 1312, /* 1.2816: four fifths of a normal distribution */
	UNIT = 1024,
	SPREAD_MOST = 100 * UNIT,
	ASSUMED_OF = 50, /* one in so many leaves a year */
};

__extension__ typedef unsigned __int128 survival_wide;

struct pool {
	int64_t at_risk[MATCH_AHEAD], lost[MATCH_AHEAD];
};

struct making {
	struct match_survival_item *items;
	uint32_t count;
	struct pool *pools; /* the last is of all */
	uint32_t pool_count;
	int64_t spread[MATCH_AHEAD]; /* 1 is UNIT */
};

static struct pool own_of(const struct match_survival_item *item)
{
	struct pool own = {{0}, {0}};

	for (int c = 0; c < MATCH_COHORTS; c++)
		for (int i = 0; i < MATCH_AHEAD; i++) {
			own.at_risk[i] += item->past[c][i].at_risk;
			own.lost[i] += item->past[c][i].lost;
		}
	return own;
}

static void add(struct pool *to, const struct pool *more)
{
	for (int i = 0; i < MATCH_AHEAD; i++) {
		to->at_risk[i] += more->at_risk[i];
		to->lost[i] += more->lost[i];
	}
}

static void fill_pools(const struct making *making)
{
	for (uint32_t i = 0; i < making->count; i++) {
		const struct match_survival_item *item = &making->items[i];
		struct pool own = own_of(item);

		add(&making->pools[item->pool_class], &own);
		add(&making->pools[item->pool_category], &own);
		add(&making->pools[making->pool_count], &own);
	}
}

/* ---- shares ---- */

static int64_t lean(const struct pool *pool, int ahead, int64_t share)
{
	return (pool->lost[ahead] * MATCH_SHARE_ONE +
		MATCH_LOSS_WEIGHT * share) /
	       (pool->at_risk[ahead] + MATCH_LOSS_WEIGHT);
}

static int64_t share_of(const struct making *making,
			const struct match_survival_item *item,
			const struct pool *own, int ahead)
{
	int64_t share = (ahead + 1) * MATCH_SHARE_ONE / ASSUMED_OF;

	share = lean(&making->pools[making->pool_count], ahead, share);
	share = lean(&making->pools[item->pool_category], ahead, share);
	share = lean(&making->pools[item->pool_class], ahead, share);
	return lean(own, ahead, share);
}

/* ---- how much cohorts differ ---- */

/* What is left of share after itself: p (1 - p), of MATCH_SHARE_ONE. */
static int64_t chance_of(int64_t share)
{
	return share * (MATCH_SHARE_ONE - share) / MATCH_SHARE_ONE;
}

/* The square of what a cohort missed, in 2^-20. */
static survival_wide missed_of(const struct match_loss *past, int64_t share)
{
	int64_t off = past->lost * UNIT -
		      past->at_risk * share / (MATCH_SHARE_ONE / UNIT);

	return (survival_wide)(off < 0 ? -off : off) *
	       (survival_wide)(off < 0 ? -off : off);
}

/* The squares of what cohorts missed by those that chance would. */
static int64_t spread_of(const struct making *making, int ahead)
{
	survival_wide missed = 0, chance = 0, spread;

	for (uint32_t i = 0; i < making->count; i++) {
		const struct match_survival_item *item = &making->items[i];
		struct pool own = own_of(item);
		int64_t share = share_of(making, item, &own, ahead);

		for (int c = 0; c < MATCH_COHORTS; c++) {
			const struct match_loss *past = &item->past[c][ahead];

			missed += missed_of(past, share);
			chance += (survival_wide)past->at_risk *
				  (survival_wide)chance_of(share);
		}
	}
	/* 2^-20 by 2^-24 */
	spread = missed * 16 * UNIT / (chance + 1);
	return spread < UNIT	      ? UNIT
	       : spread > SPREAD_MOST ? SPREAD_MOST
				      : (int64_t)spread;
}

/* ---- who stays ---- */

/* The deviation, in MATCH_COUNT_ONE: of n students by chance, and of the share
 * itself, which rests on so many. */
static int64_t deviation(int64_t n, int64_t share, int64_t rests_on,
			 int64_t spread)
{
	/* In 2^22: a quarter of 2^24, so that the square fits. */
	uint64_t each =
		(uint64_t)chance_of(share) / 4 * (uint64_t)spread / UNIT;
	uint64_t square = (uint64_t)n * each;

	square += (uint64_t)((survival_wide)n * (survival_wide)n * each /
			     (survival_wide)rests_on);
	/* The root is in 2^11. */
	return (int64_t)(match_root_of(square) * (MATCH_COUNT_ONE / 2048));
}

static void finish(const struct making *making,
		   struct match_survival_item *item)
{
	struct pool own = own_of(item);
	const struct pool *all = &making->pools[making->pool_count];

	for (int i = 0; i < MATCH_AHEAD; i++) {
		struct match_stay *stay = &item->stay[i];
		int64_t n = item->enrolled[i], most = n * MATCH_COUNT_ONE;
		int64_t low, high;

		*stay = (struct match_stay){
			.share = share_of(making, item, &own, i),
			.at_risk = own.at_risk[i],
			.lost = own.lost[i],
			.at_risk_of_all = all->at_risk[i],
			.lost_of_all = all->lost[i],
		};
		stay->exact = n * (MATCH_SHARE_ONE - stay->share) /
			      (MATCH_SHARE_ONE / MATCH_COUNT_ONE);
		stay->reach = deviation(n, stay->share,
					own.at_risk[i] + MATCH_LOSS_WEIGHT,
					making->spread[i]) *
			      NORMAL_80 / UNIT;
		low = match_within(stay->exact - stay->reach, 0, most);
		high = match_within(stay->exact + stay->reach, 0, most);
		stay->count =
			(stay->exact + MATCH_COUNT_ONE / 2) / MATCH_COUNT_ONE;
		stay->low = low / MATCH_COUNT_ONE;
		stay->high = (high + MATCH_COUNT_ONE - 1) / MATCH_COUNT_ONE;
	}
}

static void check_item(const struct making *making,
		       const struct match_survival_item *item)
{
	MATCH_INSIST(item->pool_class < making->pool_count);
	MATCH_INSIST(item->pool_category < making->pool_count);
	for (int i = 0; i < MATCH_AHEAD; i++) {
		MATCH_INSIST(item->enrolled[i] >= 0 &&
			     item->enrolled[i] <= MATCH_ENROLLED_MOST);
		for (int c = 0; c < MATCH_COHORTS; c++) {
			const struct match_loss *past = &item->past[c][i];

			MATCH_INSIST(past->lost >= 0 &&
				     past->lost <= past->at_risk &&
				     past->at_risk <= MATCH_ENROLLED_MOST);
		}
	}
}

bool match_survival(struct match_survival_item *items, uint32_t count,
		    uint32_t pool_count, struct match_error *error)
{
	struct making making = {items, count, NULL, pool_count, {0}};

	for (uint32_t i = 0; i < count; i++)
		check_item(&making, &items[i]);
	making.pools = match_take((size_t)pool_count + 1, sizeof(struct pool));
	if (!making.pools)
		return match_no_memory(error);
	fill_pools(&making);
	for (int i = 0; i < MATCH_AHEAD; i++)
		making.spread[i] = spread_of(&making, i);
	for (uint32_t i = 0; i < count; i++)
		finish(&making, &items[i]);
	match_drop(making.pools);
	return true;
}

int64_t match_reach_of_both(int64_t one, int64_t other)
{
	uint64_t a = (uint64_t)one / 1024, b = (uint64_t)other / 1024;

	return (int64_t)(match_root_of(a * a + b * b) * 1024);
}
