/* A binary heap, made in one go, emptied from the top. */
#include "matcher/index_heap.h"

static bool is_above(const struct match_candidate *a,
		     const struct match_candidate *b)
{
	return a->score != b->score ? a->score > b->score
				    : a->newest > b->newest;
}

static void sift_down(struct match_candidates *candidates, uint32_t at)
{
	struct match_candidate *heap = candidates->at;
	struct match_candidate held = heap[at];

	for (;;) {
		uint32_t child = 2 * at + 1;

		if (child >= candidates->count)
			break;
		if (child + 1 < candidates->count &&
		    is_above(&heap[child + 1], &heap[child]))
			child++;
		if (!is_above(&heap[child], &held))
			break;
		heap[at] = heap[child];
		at = child;
	}
	heap[at] = held;
}

void match_candidates_order(struct match_candidates *candidates)
{
	for (uint32_t i = candidates->count / 2; i-- > 0;)
		sift_down(candidates, i);
}

void match_candidates_pop(struct match_candidates *candidates)
{
	candidates->at[0] = candidates->at[--candidates->count];
	if (candidates->count > 1)
		sift_down(candidates, 0);
}
