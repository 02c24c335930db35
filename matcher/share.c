/* Roots are dealt in their order, by the seats of the trees before them. */
#include "matcher/share.h"

#include "matcher/memory.h"

struct sharing {
	const struct match_forest *forest;
	const struct match_instance *instance;
	uint32_t *root;	 /* per node */
	uint64_t *seats; /* per node that is a root */
};

/* Top down: every parent comes before its children, and postings last. */
static void find_roots(struct sharing *sharing)
{
	const struct match_forest *forest = sharing->forest;
	const uint32_t *bottom_up = sharing->instance->bottom_up;
	uint32_t postings = forest->posting_count;

	for (uint32_t i = forest->node_count; i-- > 0;) {
		uint32_t node =
			i < postings ? i : postings + bottom_up[i - postings];
		uint32_t up = forest->node[node].parent;

		sharing->root[node] =
			up == MATCH_NONE ? node : sharing->root[up];
		if (i < postings)
			sharing->seats[sharing->root[i]] +=
				forest->node[i].room;
	}
}

/* Turn the seats of each root into its share, less than share_count. */
static void deal(struct sharing *sharing, uint8_t share_count)
{
	uint32_t node_count = sharing->forest->node_count;
	uint64_t total = 0, before = 0;

	for (uint32_t i = 0; i < node_count; i++)
		total += sharing->seats[i];
	for (uint32_t i = 0; i < node_count; i++) {
		uint64_t seats = sharing->seats[i];

		sharing->seats[i] = before * share_count / (total + 1);
		before += seats;
	}
}

uint8_t *match_share_out(const struct match_forest *forest,
			 const struct match_instance *instance,
			 uint8_t share_count)
{
	struct sharing sharing = {
		.forest = forest,
		.instance = instance,
		.root = match_take(forest->node_count, sizeof(uint32_t)),
		.seats = match_take(forest->node_count, sizeof(uint64_t)),
	};
	uint8_t *share = match_take(forest->posting_count, sizeof(*share));

	if (sharing.root && sharing.seats && share) {
		find_roots(&sharing);
		deal(&sharing, share_count);
		for (uint32_t p = 0; p < forest->posting_count; p++)
			share[p] = (uint8_t)sharing.seats[sharing.root[p]];
	} else {
		match_drop(share);
		share = NULL;
	}
	match_drop(sharing.root);
	match_drop(sharing.seats);
	return share;
}
