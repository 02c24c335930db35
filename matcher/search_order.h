/* The order of what is found, and the best of many. */
#ifndef MATCHER_SEARCH_ORDER_H
#define MATCHER_SEARCH_ORDER_H

#include "matcher/search.h"

/* See match_search_find, "ties". */
bool match_search_is_before(const struct match_search_entry *a,
			    const struct match_search_entry *b);

/* Offer one for the best `want`; found->at has room for them. */
void match_search_offer(struct match_search_found *found, size_t want,
			const struct match_search_entry *entry);

/* The best one first, when all were offered. */
void match_search_settle(struct match_search_found *found);

#endif
