/*
 * What a posting's place is worth to one student, county by county, without
 * asking for each posting.
 */
#ifndef MATCHER_INDEX_PLACE_H
#define MATCHER_INDEX_PLACE_H

#include "matcher/index_scan.h"
#include "matcher/index_sums.h"

enum { MATCH_COUNTIES = 100, MATCH_AREAS_SEEN = 64 };

struct match_area_seen {
	uint32_t area, most;
	bool is_near;
};

struct match_places {
	const struct match_policy *policy;
	const struct match_student *student;
	uint64_t province[2]; /* bit p: the student names a place in it */
	bool is_unknown;      /* nothing is known of where he would work */
	uint32_t neutral, far;
	/* Of the area that was asked for last; MATCH_SUM_NONE: unwilling. In
	 * county that is MATCH_SUM_OUT. */
	uint32_t area;
	uint32_t most;
	bool is_near;
	bool has_counties;
	/* What was found before, by the area's number. */
	struct match_area_seen seen[MATCH_AREAS_SEEN];
	int32_t county[MATCH_COUNTIES];
};

/* Both are borrowed. */
void match_places_init(struct match_places *places,
		       const struct match_policy *policy,
		       const struct match_student *student);

/* Make area, most and is_near those of an area. */
void match_places_enter(struct match_places *places, uint32_t area);

/* Make county those of the area entered. */
void match_places_spread(struct match_places *places);

#endif
