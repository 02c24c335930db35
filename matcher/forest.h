/*
 * The solver's view of an instance: postings and the groups that can ever be
 * full, with the keys of the contracts held, and the worst under every node.
 *
 * Nobody asks for the worst under a node before the node is full, so up to then
 * a posting's keys lie in any order. The first full node makes everything below
 * it watched: under a posting a heap of keys, worst on top; under a group a
 * winner tree over its children. From then on the worst is at hand, and a
 * change costs the logarithm of the children on each watched level.
 */
#ifndef MATCHER_FOREST_H
#define MATCHER_FOREST_H

#include <stdbool.h>
#include <stdint.h>

#include "matcher/contracts.h"
#include "matcher/error.h"
#include "matcher/instance.h"

struct match_node {
	uint64_t worst; /* if watched: the worst key held, MATCH_KEY_BEST: none
			 */
	uint32_t seats : 31; /* capacity or cap */
	uint32_t is_watched : 1;
	uint32_t held;	 /* never more */
	uint32_t parent; /* a node, or MATCH_NONE */
	uint32_t leaf;	 /* where it contends in its parent's tree */
	/* A posting's seats in seat, no more than students list it; a group's
	 * tree in tree, of as many leaves, a power of two. */
	uint32_t first, room;
};

struct match_forest {
	uint32_t posting_count, node_count;
	struct match_node *node; /* postings, then groups */
	uint64_t *seat;
	uint64_t *tree; /* per group a root at first + 1, leaves from room */
	/* Whose a leaf is, or MATCH_NONE: at first / 2 + leaf - room. */
	uint32_t *child;
};

/*
 * An empty forest for an instance.
 *
 * fails  no memory; forest is then empty
 * mem    8 bytes a seat, 32 a node, up to 40 a child
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

/* Make the worst under a node known, now and from now on. */
void match_forest_watch(struct match_forest *forest, uint32_t node);

/* Hold a contract at a posting whose whole path has room. */
void match_forest_hold(struct match_forest *forest, uint32_t posting,
		       uint64_t key);

/*
 * Let the worst contract under a full, watched node go, for a better one at a
 * posting on whose path that node is the lowest full one. Returns the key that
 * went.
 */
uint64_t match_forest_swap(struct match_forest *forest, uint32_t full,
			   uint32_t posting, uint64_t key);

#endif
