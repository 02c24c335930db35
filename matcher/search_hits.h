/*
 * Where the words of a query stand in one segment. A hit is a number as in
 * search_lists.h, with points in the place of the position.
 */
#ifndef MATCHER_SEARCH_HITS_H
#define MATCHER_SEARCH_HITS_H

#include "matcher/search_query.h"
#include "matcher/search_segment.h"

/* Memory of one search in one segment, given back at once. */
struct match_scratch {
	struct scratch_block *first;
};

/* fails  NULL: no memory */
void *match_scratch_take(struct match_scratch *scratch, size_t count,
			 size_t item_bytes) MATCH_MUST_CHECK;
void match_scratch_free(struct match_scratch *scratch);

struct match_hits {
	const uint32_t *at;
	uint32_t count;
};

/*
 * The documents that have the item, ascending, with the points of
 * match_search_find.
 *
 * fails  false: no memory
 */
bool match_hits_of(const struct match_segment *segment,
		   const struct match_item *item, struct match_scratch *scratch,
		   struct match_hits *hits) MATCH_MUST_CHECK;

/* Those in both, with the sum of points. fails  false: no memory */
bool match_hits_both(struct match_hits a, struct match_hits b,
		     struct match_scratch *scratch,
		     struct match_hits *hits) MATCH_MUST_CHECK;

/* Those of a that are not in b. fails  false: no memory */
bool match_hits_without(struct match_hits a, struct match_hits b,
			struct match_scratch *scratch,
			struct match_hits *hits) MATCH_MUST_CHECK;

#endif
