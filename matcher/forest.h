/*
 * The solver's view of an instance: postings and the groups that can ever be
 * full, with who is held where, and the worst of them under every node.
 *
 * Under a posting lies a heap of held contracts, worst on top; under a group a
 * winner tree over its children, so that the worst under any node is at hand
 * and a change costs the logarithm of the children on each level.
 */
#ifndef MATCHER_FOREST_H
#define MATCHER_FOREST_H

#include <stdbool.h>
#include <stdint.h>

#include "matcher/contracts.h"
#include "matcher/error.h"
#include "matcher/instance.h"

struct match_seat {
	uint64_t key;
	uint32_t student;
};

/* A contender of a winner tree: the worst contract of one child. */
struct match_worst {
	uint64_t key; /* MATCH_KEY_BEST: nothing held */
	uint32_t posting;
};

struct match_node {
	uint32_t seats; /* capacity or cap */
	uint32_t held;
	uint32_t parent; /* a node, or MATCH_NONE */
	uint32_t leaf;	 /* where it contends in its parent's tree */
	struct match_worst worst;
};

struct match_forest {
	uint32_t posting_count, node_count;
	struct match_node *node; /* postings, then groups */
	uint32_t *seat_start;	 /* per posting */
	struct match_seat *seat;
	uint32_t *tree_start; /* per group: its root is tree[tree_start + 1] */
	struct match_worst *tree;
};

/*
 * An empty forest for an instance.
 *
 * fails  no memory; forest is then empty
 * mem    about 16 bytes a listed seat, 32 a node, 32 a child
 */
bool match_forest_init(struct match_forest *forest,
		       const struct match_instance *instance) MATCH_MUST_CHECK;
void match_forest_free(struct match_forest *forest);

/* The lowest full node on the path up from a posting, or MATCH_NONE. */
static inline uint32_t match_forest_full(const struct match_forest *forest,
					 uint32_t posting)
{
	uint32_t at = posting;

	while (at != MATCH_NONE &&
	       forest->node[at].held < forest->node[at].seats)
		at = forest->node[at].parent;
	return at;
}

/* Hold a contract at a posting whose whole path has room. */
void match_forest_hold(struct match_forest *forest, uint32_t posting,
		       struct match_seat seat);

/* Let the worst contract under a node go, which must hold one. */
struct match_seat match_forest_reject(struct match_forest *forest,
				      uint32_t node);

#endif
