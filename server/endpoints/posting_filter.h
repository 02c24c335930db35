/*
 * posting_filter.h - what a list of postings may be narrowed down by, where it
 * comes from the database, the words or the ranking.
 *
 * from  api-conventions.md 1.4; docs/ranking.md; docs/search.md
 */
#ifndef ENDPOINTS_POSTING_FILTER_H
#define ENDPOINTS_POSTING_FILTER_H

#include "flow/flow.h"
#include "matcher/index.h"
#include "matcher/search.h"
#include "wire/shape.h"

/* Which of them a list takes, its shape says. */
struct posting_filter {
	const char *kind, *division, *specialty;
	struct uuid enterprise_id;
	const char *state;
	int64_t pay_min_fen;	/* the least pay is this at least */
	int64_t pay_fen;	/* the highest pay reaches this */
	const char *period_from, *period_to, *education, *published_since, *q;
	const char *published_from, *published_to;
	bool facets;
};

/* A filter's members for words and for rankings; q is borrowed. */
struct match_search_filter
posting_filter_of_words(const struct posting_filter *q);
struct match_index_query
posting_filter_of_ranking(const struct posting_filter *q);

/* Something was asked for by a code: if nothing is found, it may be none. */
bool posting_filter_has_codes(const struct posting_filter *q);

/* Which code of f->query is in no list? */
enum flow_next ask_unknown_filters(struct flow *f);
/* ... false after a fault that names them. */
MUST_CHECK bool posting_filters_are_known(struct flow *f);

#endif
