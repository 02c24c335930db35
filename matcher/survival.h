/*
 * How many of the students who are enrolled will still be there when their
 * cohort graduates, one, two and three years from now: who left of the cohorts
 * before, when they had as many years to go, says what share stays.
 *
 * A specialty has few who leave, so its share leans on those of its class, its
 * category and all, the more the fewer students its own rests on. Integers
 * only: the same counts, the same numbers, on every machine.
 *
 * from   docs/forecasts.md, "Supply"; Morris 1983 (shrinkage), McCullagh and
 *        Nelder 1989, 4.5 (overdispersion)
 */
#ifndef MATCHER_SURVIVAL_H
#define MATCHER_SURVIVAL_H

#include <stdbool.h>
#include <stdint.h>

#include "matcher/error.h"
#include "matcher/forecast.h"

enum {
	MATCH_ENROLLED_MOST = 1000000,
	MATCH_COHORTS = 6,	/* past ones that are looked at, at most */
	MATCH_LOSS_WEIGHT = 50, /* students that what is wider counts as */
};

#define MATCH_SHARE_ONE (1 << 24)

/* A past cohort, when it had some years to go. */
struct match_loss {
	int64_t at_risk; /* students then; 0: there was no such cohort */
	int64_t lost;	 /* of them, who left until it graduated */
};

struct match_stay {
	/* low <= count <= high <= enrolled */
	int64_t count, low, high;
	/* In MATCH_COUNT_ONE, before rounding, and the interval's two ends
	 * from there, before they are cut off at 0 and enrolled. */
	int64_t exact, reach;
	int64_t share;	       /* who leaves, of MATCH_SHARE_ONE */
	int64_t at_risk, lost; /* the specialty's own, all cohorts */
	int64_t at_risk_of_all, lost_of_all;
};

struct match_survival_item {
	/* The cohorts that graduate one, two and three years from now. */
	int64_t enrolled[MATCH_AHEAD]; /* 0..MATCH_ENROLLED_MOST */
	struct match_loss past[MATCH_COHORTS][MATCH_AHEAD];
	uint32_t pool_class, pool_category;
	struct match_stay stay[MATCH_AHEAD]; /* out */
};

/*
 * in     pool numbers are below pool_count; no pool is both a class and a
 *        category; 0 <= lost <= at_risk <= MATCH_ENROLLED_MOST
 * out    items[].stay, the same in whatever order the items are. What nobody
 *        knows is assumed: one student in fifty leaves a year
 * fails  MATCH_NO_MEMORY
 */
bool match_survival(struct match_survival_item *items, uint32_t count,
		    uint32_t pool_count,
		    struct match_error *error) MATCH_MUST_CHECK;

/*
 * How far the difference of two numbers reaches that miss independently, each
 * by its own reach; all in MATCH_COUNT_ONE.
 */
int64_t match_reach_of_both(int64_t one, int64_t other);

#endif
