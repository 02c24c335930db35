/*
 * All rows of one side: a list of classes, each a list of chunks in the order
 * of their rows. Both are copied where they change and shared where not.
 */
#ifndef MATCHER_INDEX_TREE_H
#define MATCHER_INDEX_TREE_H

#include "matcher/index_chunk.h"
#include "matcher/index_file.h"

/* Chunks of one area and one kind stand together. */
struct match_class {
	uint32_t code; /* folded; 0: none */
	uint32_t count;
	struct match_bound chunk[];
};

struct match_tree {
	size_t bytes; /* all of it */
	uint32_t count;
	const struct match_class *class[]; /* their codes ascend */
};

/*
 * The tree with the changes in it.
 *
 * in     changes is sorted here; a row that leaves stands in the old tree, no
 *        row comes and leaves both (put_changes drops those before)
 * fails  NULL: no memory
 */
struct match_tree *match_tree_change(const struct match_tree *old,
				     struct match_row_list *changes,
				     bool is_student,
				     struct match_draft *draft);

/* Note all of a tree as waste. */
bool match_tree_waste(const struct match_tree *tree,
		      struct match_draft *draft) MATCH_MUST_CHECK;

void match_tree_free(const struct match_tree *tree);

#endif
