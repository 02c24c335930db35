/* By walking and counting; nothing is kept. */
#include "naive.h"

static uint32_t above(const struct match_instance *in, uint32_t node)
{
	uint32_t group = node < in->postings.count
				 ? in->posting[node].group
				 : in->group[node - in->postings.count].parent;

	return group == MATCH_NONE ? MATCH_NONE : in->postings.count + group;
}

bool naive_is_under(const struct match_instance *in, uint32_t node,
		    uint32_t top)
{
	while (node != MATCH_NONE && node != top)
		node = above(in, node);
	return node == top;
}

int64_t naive_count(const struct match_instance *in, const uint32_t *held,
		    uint32_t node)
{
	int64_t count = 0;

	for (uint32_t s = 0; s < in->students.count; s++)
		count += held[s] != MATCH_NONE &&
			 naive_is_under(in, in->choice[held[s]].posting, node);
	return count;
}

/* The ranking that governs a posting: the nearest at or above it. */
static uint32_t governing_ranking(const struct match_instance *in,
				  uint32_t posting)
{
	uint32_t ranking = in->posting[posting].ranking;
	uint32_t group = in->posting[posting].group;

	while (ranking == MATCH_NONE && group != MATCH_NONE) {
		ranking = in->group[group].ranking;
		group = in->group[group].parent;
	}
	return ranking;
}

bool naive_rank(const struct match_instance *in, uint32_t student,
		uint32_t choice, uint32_t *rank)
{
	uint32_t ranking = governing_ranking(in, in->choice[choice].posting);

	*rank = MATCH_NONE;
	if (ranking == MATCH_NONE)
		return true;
	for (uint32_t i = in->ranking_start[ranking];
	     i < in->ranking_start[ranking + 1]; i++)
		if (in->ranked[i] == student)
			*rank = i - in->ranking_start[ranking] + 1;
	return *rank != MATCH_NONE;
}
