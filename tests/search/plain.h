/*
 * The search as its header says it, done the plain way: every posting is read
 * from its first character to its last. It shares no code with the index.
 */
#ifndef TESTS_SEARCH_PLAIN_H
#define TESTS_SEARCH_PLAIN_H

#include "matcher/search.h"

/* A wanted or excluded word or phrase, as the test made it. */
struct plain_item {
	char text[64];
	bool is_excluded;
	bool is_loose;
};

/* Does the text stand in the field as it is, character by character? */
bool plain_is_in(const char *text, struct match_text field);

/* What the item is worth in the posting; 0: it is not there. */
unsigned plain_points(const struct plain_item *item,
		      const struct match_search_posting *posting);

/* False: the posting is not found. */
bool plain_matches(const struct plain_item *items, int count,
		   const struct match_search_posting *posting,
		   uint16_t *relevance);

bool plain_passes(const struct match_search_filter *filter,
		  const struct match_search_posting *posting);

#endif
