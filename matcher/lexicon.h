/*
 * A set of names, and the longest of them that stands at a place in a text:
 * a trie by bytes, so the cost is that of the longest name and not of how many
 * names there are.
 */
#ifndef MATCHER_LEXICON_H
#define MATCHER_LEXICON_H

#include "matcher/align.h"
#include "matcher/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MATCH_NAME_BYTES_MAX 240
#define MATCH_LEXICON_NONE UINT32_MAX

struct match_lexicon {
	uint64_t *edge;	 /* (node << 8 | byte) + 1; 0: free */
	uint32_t *child; /* by the same slot */
	uint32_t *name;	 /* by node: the name that ends there, or NONE */
	size_t slots;	 /* a power of two */
	uint32_t nodes;
};

/*
 * Build the set.
 *
 * in     at[0..count) borrowed; of two equal names the first counts
 * out    *names, for match_lexicon_drop; names carry their index in at
 * fails  MATCH_TOO_LARGE: a name is empty or above MATCH_NAME_BYTES_MAX;
 *        MATCH_NO_MEMORY; *names is then empty
 */
bool match_lexicon_make(struct match_lexicon *names,
			const struct match_text *at, size_t count,
			struct match_error *error) MATCH_MUST_CHECK;

void match_lexicon_drop(struct match_lexicon *names);

/* The index of the longest name that begins the text, its bytes in *bytes;
 * or MATCH_LEXICON_NONE. */
uint32_t match_lexicon_longest(const struct match_lexicon *names,
			     struct match_text text, uint32_t *bytes);

#endif
