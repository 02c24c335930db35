/*
 * A posting that asks for students: all that rows are judged by, weighted once
 * before the first is looked at.
 */
#ifndef MATCHER_INDEX_SEEKER_H
#define MATCHER_INDEX_SEEKER_H

#include "matcher/index_file.h"
#include "matcher/index_scan.h"
#include "matcher/index_snapshot.h"
#include "matcher/index_sums.h"

enum { MATCH_SHARES = 2048, MATCH_FLAG_SETS = 256 };

/* What a key held is worth of what the posting asks. */
struct match_share {
	uint16_t value;
	bool is_required;
};

struct match_seeker {
	const struct match_snapshot *snapshot;
	const struct match_policy *policy;
	const struct match_index_student_query *query;
	struct match_top top;
	struct match_scan scan;
	struct match_numbered_posting posting;
	struct match_barring barring;
	int64_t pay_min, pay_max; /* pay_max 0: none stated */
	int32_t first;
	uint32_t period_constant; /* of every row, or MATCH_SUM_NONE */
	/* Sums. */
	uint32_t tier[MATCH_TIER_COUNT + 1];
	uint32_t place[MATCH_PLACE_COUNT];
	uint32_t education[MATCH_EDUCATION_BACHELOR + 1];
	uint32_t whole[MATCH_PART_COUNT], neutral[MATCH_PART_COUNT];
	uint32_t most_but_tier_and_place;
	/* The class entered. */
	enum match_tier class_tier;
	uint32_t want_count;
	uint16_t want[MATCH_INDEX_TARGETS_MAX];
	/* The area entered: AWAY only where it shares nothing. */
	bool is_same_area, is_place_neutral;
	enum match_place area_place;
	/* Of rows in an area: by the county, and by county and flags. */
	uint32_t spread_area;
	uint8_t is_there[256];
	int32_t by_flags[2][MATCH_FLAG_SETS];
	/* Of the chunk at hand. */
	struct match_candidates rows;
	struct match_sums_period period;
	struct match_sums_pay pay;
	/* What is asked. */
	uint32_t required_count;
	uint64_t signature;
	struct match_share share[MATCH_SHARES];
};

/* Which of the shares a key has. */
static inline uint32_t match_share_at(uint16_t key)
{
	return key % MATCH_SHARES;
}

/*
 * Fill all but top and scan.
 *
 * in  snapshot, query and posting are borrowed; query is not NULL
 */
void match_seeker_init(struct match_seeker *seeker,
		       const struct match_snapshot *snapshot,
		       const struct match_posting *posting,
		       const struct match_index_student_query *query);

#endif
