/* A result owns its lists and nothing of the instance. */
#include "matcher/result.h"

#include <string.h>

#include "matcher/memory.h"

void match_result_free(struct match_result *result)
{
	match_drop(result->placements);
	match_drop(result->unplaced);
	match_drop(result->groups);
	match_drop(result->cutoffs);
	match_drop(result->own_moves);
	match_drop(result->prices);
	match_drop(result->kept_prices);
	match_drop(result->moves);
	match_ids_free(&result->strays);
	memset(result, 0, sizeof(*result));
}

struct match_id match_result_posting(const struct match_result *result,
				     const struct match_instance *instance,
				     uint32_t posting)
{
	uint32_t count = instance->postings.count;

	return posting < count ? match_ids_at(&instance->postings, posting)
			       : match_ids_at(&result->strays, posting - count);
}
