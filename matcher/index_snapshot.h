/* What one publish shows, as the index's own files see it. */
#ifndef MATCHER_INDEX_SNAPSHOT_H
#define MATCHER_INDEX_SNAPSHOT_H

#include "matcher/index_names.h"
#include "matcher/index_side.h"
#include "matcher/index_tree.h"

/* The terms in one block: the ties stand behind. */
struct match_kept_terms {
	struct match_terms terms;
	struct match_policy policy;
	struct match_ties ties;
	struct match_tied_classes tied_classes;
	struct match_tied_class *tied; /* behind the ties */
	struct match_tie tie[];
};

struct match_view {
	const struct match_pages *pages;
	const struct match_tree *tree;
	size_t count;
	size_t bytes;	     /* of records and pages */
	size_t writer_bytes; /* of the writer's slots */
};

struct match_snapshot {
	const struct match_kept_terms *kept;
	const struct match_names *names;
	struct match_view postings, students;
	size_t shared_bytes;
};

#endif
