/*
 * The way through a tree in which little is looked at: chunks in the order of
 * their bounds, until none left can hold an entry of the list.
 *
 * Sums are those of weight * value, of which a score is the whole part of one
 * in MATCH_WHOLE.
 */
#ifndef MATCHER_INDEX_SCAN_H
#define MATCHER_INDEX_SCAN_H

#include "matcher/index_heap.h"
#include "matcher/index_top.h"
#include "matcher/index_tree.h"

#define MATCH_SUM_NONE UINT32_MAX /* stands for: not eligible */

/* How near a class or an area is to who asks. */
enum { MATCH_SAME_CLASS, MATCH_SAME_CATEGORY, MATCH_OTHER_CLASS };
enum { MATCH_AREA_NEAR, MATCH_AREA_FAR, MATCH_AREA_OUT };

/* What one direction knows; `of` is its own. */
struct match_scan_ways {
	/* MATCH_SAME_CLASS, ..., or -1: nothing in it is looked at. */
	int (*class_is)(void *of, uint32_t class);
	/* From here on bounds are asked for in this class. */
	void (*enter_class)(void *of, uint32_t class);
	/* From here on bounds are asked for in this area. */
	int (*area_is)(void *of, uint32_t area);
	/* The most that any row can have in such a class and area. */
	uint32_t (*most)(void *of, int class_is, int area_is);
	/* The most that a row of the chunk can have; MATCH_SUM_NONE. */
	uint32_t (*bound)(void *of, const struct match_bound *bound);
	/* Offer the rows; class and area are entered. */
	void (*visit)(void *of, const struct match_chunk *chunk);
};

struct match_scan {
	const struct match_scan_ways *ways;
	void *of;
	const struct match_tree *tree;
	const struct match_top *top;
	uint32_t class; /* entered */
	struct match_candidates chunks;
};

void match_scan_run(struct match_scan *scan);

static inline int64_t match_newest_us(uint32_t newest)
{
	return newest == UINT32_MAX ? INT64_MAX : (int64_t)newest * 1000000;
}

/* Whether a row of this score, published by then, may be in the list. */
static inline bool match_score_admits(const struct match_top *top,
				      uint32_t score, uint32_t newest)
{
	return match_top_admits(top, score, match_newest_us(newest));
}

/* The same of a candidate. */
static inline bool match_candidate_admits(const struct match_top *top,
					  const struct match_candidate *one)
{
	return match_score_admits(top, one->score, one->newest);
}

/* The least sum that a list which is full still takes. */
static inline uint32_t match_top_least(const struct match_top *top)
{
	const struct match_index_ranking *ranking = top->ranking;

	if (ranking->count < ranking->want)
		return 0;
	return (uint32_t)ranking->at[0].score * MATCH_WHOLE;
}

/* Keys as a set of bits. */
struct match_key_set {
	uint64_t signature;
	uint64_t bits[(UINT16_MAX + 1) / 64];
};

static inline void match_key_set_add(struct match_key_set *set, uint16_t key)
{
	set->signature |= match_key_bit(key);
	set->bits[key / 64] |= UINT64_C(1) << (key % 64);
}

static inline bool match_key_set_has(const struct match_key_set *set,
				     uint16_t key)
{
	return (set->bits[key / 64] >> (key % 64) & 1) != 0;
}

/* Points of a part of the policy, weighted. */
static inline uint32_t match_weighted(const struct match_policy *policy,
				      enum match_part_name part, uint32_t value)
{
	return (uint32_t)policy->weight[part] * value;
}

static inline uint32_t match_larger(uint32_t a, uint32_t b)
{
	return a > b ? a : b;
}

/* The most of the levels in a set; MATCH_SUM_NONE: none is eligible. */
uint32_t match_best_level(const uint32_t *education, uint32_t levels);

#endif
