/* Where words stand in a row in one segment. */
#ifndef MATCHER_SEARCH_PLACES_H
#define MATCHER_SEARCH_PLACES_H

#include "matcher/search_hits.h"

/* The first at or after from that is not below least; count: none is. */
uint32_t match_seek(const uint32_t *at, uint32_t count, uint32_t from,
		    uint32_t least);

/*
 * The places where the words begin to stand in a row, ascending. Of the last
 * word only the head counts if it is a character.
 *
 * in     count > 0
 * fails  false: no memory
 */
bool match_places_of_row(const struct match_segment *segment,
			 const struct match_word *words, uint32_t count,
			 struct match_scratch *scratch,
			 struct match_places *places) MATCH_MUST_CHECK;

#endif
