/*
 * A student who asks for postings: all that rows are judged by, weighted once
 * before the first is looked at.
 */
#ifndef MATCHER_INDEX_ASKER_H
#define MATCHER_INDEX_ASKER_H

#include "matcher/index_place.h"
#include "matcher/index_scan.h"
#include "matcher/index_snapshot.h"

struct match_asker {
	const struct match_snapshot *snapshot;
	const struct match_policy *policy;
	const struct match_index_query *query;
	struct match_top top;
	struct match_scan scan;
	struct match_numbered_student student;
	struct match_key_set held;
	uint32_t skill_bits; /* of them */
	struct match_places places;
	/* The student. */
	uint32_t class, want, level;
	uint32_t first_any, first_adult, first_intern; /* days of the column */
	bool is_man, is_dated;
	/* Sums. */
	uint32_t tier[MATCH_TIER_COUNT + 1];
	uint32_t education[MATCH_EDUCATION_BACHELOR + 1];
	int32_t level_sum[MATCH_EDUCATION_BACHELOR +
			  1]; /* the same, filtered */
	struct match_sums_period period;
	struct match_sums_pay pay;
	uint32_t whole[MATCH_PART_COUNT], neutral[MATCH_PART_COUNT];
	uint32_t pay_constant; /* of every row, or MATCH_SUM_NONE */
	uint32_t most_but_tier_and_place, most_near, most_far;
	/* The class entered. */
	bool is_own_class;
	uint32_t class_tier; /* of rows that name it, unless it is his own */
	struct match_sums_tier row_tier;
	/* Of the chunk at hand. */
	struct match_candidates rows;
	/* Filters that rows can tell. */
	uint32_t levels; /* bit l: rows that ask for l pass */
	uint32_t since, pay_filter;
	uint16_t enterprise;
};

/*
 * Fill all but top and scan.
 *
 * in  snapshot, query and student are borrowed; query is not NULL
 */
void match_asker_init(struct match_asker *asker,
		      const struct match_snapshot *snapshot,
		      const struct match_student *student,
		      const struct match_index_query *query);

#endif
