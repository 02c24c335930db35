/*
 * The parts of a score added up for all rows of a chunk at once, each an upper
 * bound. Loops without branches over short columns: the compiler makes lanes of
 * them, so this is built with vectors allowed (CMakeLists.txt).
 */
#ifndef MATCHER_INDEX_SUMS_H
#define MATCHER_INDEX_SUMS_H

#include "matcher/index_chunk.h"

/* So far below zero that no other part makes it good: not eligible. */
#define MATCH_SUM_OUT (-400000000)

/* What bounds may be too large by, for the sake of fractions. */
#define MATCH_SUM_SLACK 64

/* A sum of index_scan.h as one of these. */
static inline int32_t match_sum_signed(uint32_t sum)
{
	return sum == UINT32_MAX ? MATCH_SUM_OUT : (int32_t)sum;
}

/* What the rows want by their specialty; the last of the three for all else. */
struct match_sums_tier {
	uint16_t want;
	int32_t same, class_and_level, other;
};

/* A span of days, and what the part is worth. whole is that of MATCH_WHOLE. */
struct match_sums_period {
	int32_t from, to;
	int32_t whole, neutral;
};

/* Pay in yuan. whole is that of MATCH_WHOLE. */
struct match_sums_pay {
	float min, max; /* of a posting */
	float expected; /* by a student */
	int32_t whole, neutral;
};

/* sum[i] becomes county[chunk->county[i]] + level[chunk->flags[i] & 3]. */
void match_sums_places(const struct match_chunk *chunk, const int32_t *county,
		       const int32_t *level, int32_t *sum);

/* sum[i] becomes by_flags[is_there[chunk->county[i]] * 256 + flags]. */
void match_sums_homes(const struct match_chunk *chunk, const uint8_t *is_there,
		      const int32_t *by_flags, int32_t *sum);

void match_sums_tiers(const struct match_chunk *chunk,
		      const struct match_sums_tier *tier, int32_t *sum);

/* The postings' periods against what a student has, and the reverse. */
void match_sums_periods(const struct match_chunk *chunk,
			const struct match_sums_period *period, int32_t *sum);
void match_sums_availability(const struct match_chunk *chunk,
			     const struct match_sums_period *period,
			     int32_t *sum);

/* What is asked against the bits of what is held. */
void match_sums_skills(const struct match_chunk *chunk, uint32_t held,
		       int32_t whole, int32_t *sum);

/* The same for one. */
int32_t match_sums_skill(uint32_t skill, uint32_t held, int32_t whole);

/* The postings' pay against what a student expects, and the reverse. */
void match_sums_pays(const struct match_chunk *chunk,
		     const struct match_sums_pay *pay, int32_t *sum);
void match_sums_expectations(const struct match_chunk *chunk,
			     const struct match_sums_pay *pay, int32_t *sum);

#endif
