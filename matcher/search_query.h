/* A query taken apart: words and phrases, wanted and excluded. */
#ifndef MATCHER_SEARCH_QUERY_H
#define MATCHER_SEARCH_QUERY_H

#include "matcher/search.h"
#include "matcher/search_words.h"

/* A word has two bytes at least, with what keeps it from the next. */
#define MATCH_QUERY_WORDS (MATCH_SEARCH_QUERY_BYTES / 2 + 1)

/* words[0..count) in a row. is_loose: pieces of it do as well. */
struct match_item {
	const struct match_word *words;
	uint32_t count;
	bool is_excluded;
	bool is_loose;
};

struct match_items {
	struct match_item item[MATCH_SEARCH_ITEMS_MAX];
	uint32_t count;
	struct match_word words[MATCH_QUERY_WORDS];
	uint32_t word_count;
};

/* fails  MATCH_MALFORMED; see match_search_find */
bool match_items_from_text(struct match_items *items, struct match_text text,
			   struct match_error *error) MATCH_MUST_CHECK;

#endif
