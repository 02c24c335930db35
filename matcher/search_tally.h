/* Counting the values of what is found, segment by segment. */
#ifndef MATCHER_SEARCH_TALLY_H
#define MATCHER_SEARCH_TALLY_H

#include "matcher/search_segment.h"

enum { MATCH_CATEGORY_BITS = 64, MATCH_CATEGORY_FIRST = 20 };

/* Zeroed, nothing is counted. */
struct match_census {
	uint32_t kinds[256];
	uint32_t categories[MATCH_CATEGORY_BITS];
	uint32_t *counts[MATCH_NUMBERED]; /* of this segment's values */
	struct match_search_facet *values[MATCH_NUMBERED];
	size_t value_count[MATCH_NUMBERED], value_room[MATCH_NUMBERED];
};

/* Around the counts of a segment. fails  false: no memory */
bool match_census_begin(struct match_census *tally,
		       const struct match_segment *segment) MATCH_MUST_CHECK;
void match_census_count(struct match_census *tally,
			const struct match_doc *doc);
bool match_census_end(struct match_census *tally,
		     const struct match_segment *segment) MATCH_MUST_CHECK;

/* Fill found->facet. fails  false: no memory; what is filled is found's */
bool match_census_give(struct match_census *tally,
		      struct match_search_found *found) MATCH_MUST_CHECK;

void match_census_free(struct match_census *tally);

#endif
