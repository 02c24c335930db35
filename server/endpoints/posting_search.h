/*
 * posting_search.h - GET /v1/postings with q: open postings that the words
 * stand in, by relevance; for a student those of the same relevance by how
 * well they fit.
 *
 * from  docs/search.md
 */
#ifndef ENDPOINTS_POSTING_SEARCH_H
#define ENDPOINTS_POSTING_SEARCH_H

#include "endpoints/posting_filter.h"
#include "endpoints/ranking.h"

/* The state of listPostings. */
struct posting_search {
	struct match_student student;	/* who asks, if it is one */
	struct feed_view view;		/* while the search runs */
	struct match_search_entry *shown, after;
	size_t shown_count, count;
	struct match_search_facet *facet[MATCH_SEARCH_FACETS];
	size_t facet_count[MATCH_SEARCH_FACETS];
	struct uuids ids;
};

/* The ladder for the one who asks. */
flow_step *const *posting_search_steps(const struct flow *f);

/* Of a refused query, as a flaw of q. */
enum flow_next fail_search(struct flow *f, const struct match_error *error);

#endif
