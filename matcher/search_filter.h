/* The filters of a search, posting by posting. */
#ifndef MATCHER_SEARCH_FILTER_H
#define MATCHER_SEARCH_FILTER_H

#include "matcher/search_segment.h"

bool match_passes(const struct match_search_filter *filter,
		  const struct match_segment *segment,
		  const struct match_doc *doc);

#endif
