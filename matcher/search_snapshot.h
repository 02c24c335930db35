/* What readers of the search see: segments, and what has left them. */
#ifndef MATCHER_SEARCH_SNAPSHOT_H
#define MATCHER_SEARCH_SNAPSHOT_H

#include "matcher/search_segment.h"

/* holders: the snapshots that share it; the writer's to count. */
struct match_gone {
	unsigned holders;
	uint32_t count;
	uint64_t bits[];
};

struct match_shown {
	struct match_segment *segment;
	struct match_gone *gone; /* NULL: all are there */
};

struct match_search_snapshot {
	size_t part_count;
	size_t count; /* postings that are there */
	struct match_shown parts[];
};

static inline uint32_t match_shown_left(const struct match_shown *part)
{
	return part->segment->doc_count - (part->gone ? part->gone->count : 0);
}

#endif
