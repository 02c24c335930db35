/* What every reader of a finished instance needs. */
#include "matcher/instance.h"

#include <string.h>

#include "matcher/memory.h"

void match_instance_free(struct match_instance *instance)
{
	match_ids_free(&instance->students);
	match_ids_free(&instance->postings);
	match_ids_free(&instance->groups);
	match_drop(instance->group);
	match_drop(instance->posting);
	match_drop(instance->bottom_up);
	match_drop(instance->choice_start);
	match_drop(instance->choice);
	match_drop(instance->pinned);
	match_drop(instance->lottery);
	match_drop(instance->ranking_start);
	match_drop(instance->ranked);
	memset(instance, 0, sizeof(*instance));
}

void match_group_rankings(const struct match_instance *instance,
			  uint32_t *of_group)
{
	for (uint32_t i = instance->groups.count; i-- > 0;) {
		uint32_t g = instance->bottom_up[i];
		const struct match_group *group = &instance->group[g];

		of_group[g] = group->ranking;
		if (group->ranking == MATCH_NONE && group->parent != MATCH_NONE)
			of_group[g] = of_group[group->parent];
	}
}

uint32_t match_governing_ranking(const struct match_instance *instance,
				 uint32_t posting)
{
	uint32_t ranking = instance->posting[posting].ranking;
	uint32_t group = instance->posting[posting].group;

	while (ranking == MATCH_NONE && group != MATCH_NONE) {
		ranking = instance->group[group].ranking;
		group = instance->group[group].parent;
	}
	return ranking;
}
