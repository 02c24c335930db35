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
