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

/* The end is at first how many there are, then where the next child begins. */
void match_group_spans(const struct match_instance *instance,
		       struct match_span *span)
{
	const struct match_group *group = instance->group;
	uint32_t count = instance->groups.count, roots_end = 0;

	for (uint32_t g = 0; g < count; g++)
		span[g].end = 1;
	for (uint32_t i = 0; i < count; i++) {
		uint32_t g = instance->bottom_up[i];

		if (group[g].parent != MATCH_NONE)
			span[group[g].parent].end += span[g].end;
	}
	for (uint32_t i = count; i-- > 0;) {
		uint32_t g = instance->bottom_up[i];
		uint32_t *from = group[g].parent == MATCH_NONE
					 ? &roots_end
					 : &span[group[g].parent].end;

		span[g].first = *from;
		*from += span[g].end;
		span[g].end = span[g].first + 1;
	}
}
