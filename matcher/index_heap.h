/* Candidates for a closer look, the one with the greatest bound on top. */
#ifndef MATCHER_INDEX_HEAP_H
#define MATCHER_INDEX_HEAP_H

#include <stdbool.h>
#include <stdint.h>

struct match_chunk;

enum { MATCH_CANDIDATES_MAX = 256 };

/* A chunk, or a row of the chunk at hand. */
struct match_candidate {
	uint32_t score, newest; /* at most; newest decides between equals */
	uint32_t row;
	uint32_t bytes; /* of the chunk */
	const struct match_chunk *chunk;
};

struct match_candidates {
	uint32_t count;
	struct match_candidate at[MATCH_CANDIDATES_MAX];
};

/* Make it a heap, after candidates were put in any order. */
void match_candidates_order(struct match_candidates *candidates);

/* Take away the first. in  count > 0 */
void match_candidates_pop(struct match_candidates *candidates);

#endif
