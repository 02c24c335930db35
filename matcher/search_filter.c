/* Filters; see struct match_search_filter. */
#include "matcher/search_filter.h"

#include <string.h>

/* 320000 holds 320505 and 320500 does: zeros at the end say nothing. */
static bool is_in(uint32_t division, uint32_t area)
{
	uint32_t step = 1;

	if (area % 10000 == 0)
		step = 10000;
	else if (area % 100 == 0)
		step = 100;
	return division / step == area / step;
}

static bool is_related(uint32_t a, uint32_t b)
{
	uint32_t least = a < b ? a : b, most = a < b ? b : a;

	while (most / 100 >= least)
		most /= 100;
	return most == least;
}

static bool has_target(const struct match_segment *segment,
		       const struct match_doc *doc, uint32_t specialty)
{
	for (uint32_t i = 0; i < doc->target_count; i++)
		if (is_related(segment->targets[doc->targets_from + i],
			       specialty))
			return true;
	return false;
}

static bool passes_codes(const struct match_search_filter *filter,
			 const struct match_segment *segment,
			 const struct match_doc *doc)
{
	if (filter->division && !is_in(doc->division, filter->division))
		return false;
	if (filter->industry && doc->industry != filter->industry)
		return false;
	if (filter->enterprise && memcmp(doc->enterprise, filter->enterprise,
					 sizeof(doc->enterprise)) != 0)
		return false;
	return !filter->specialty ||
	       has_target(segment, doc, filter->specialty);
}

bool match_passes(const struct match_search_filter *filter,
		  const struct match_segment *segment,
		  const struct match_doc *doc)
{
	if (filter->kinds && !(filter->kinds >> doc->kind & 1))
		return false;
	if (filter->pay_fen > doc->pay_fen && filter->pay_fen > 0)
		return false;
	if (filter->education && doc->education > filter->education)
		return false;
	if (filter->published_since_us &&
	    doc->published_us < filter->published_since_us)
		return false;
	if (filter->open_at_us && doc->closes_us <= filter->open_at_us)
		return false;
	return passes_codes(filter, segment, doc);
}
