/*
 * The certificate of a result: nothing, or the prices of mode "optimal".
 */
#ifndef MATCHER_FILES_PRICE_READ_H
#define MATCHER_FILES_PRICE_READ_H

#include <stdbool.h>

#include "matcher/files/doc_read.h"
#include "matcher/instance.h"
#include "matcher/result.h"

/*
 * Read the object.
 *
 * out    result->prices, given to it; NULL if the object is empty
 * fails  also for an id that the instance does not know, ids out of order or
 *        twice, a price of nothing, a number beyond MATCH_PRICE_MAX
 */
bool price_read(struct doc_reader *reader,
		const struct match_instance *instance,
		struct match_result *result) MATCH_MUST_CHECK;

#endif
