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
 * out    result->prices, given to it; NULL if the object is empty.
 *        result->kept_prices; NULL if no price has that member
 * fails  also for an id that the instance does not know, ids out of order or
 *        twice, a price of nothing, a number beyond MATCH_PRICE_MAX, a fourth
 *        member in some prices only
 */
bool price_read(struct doc_reader *reader,
		const struct match_instance *instance,
		struct match_result *result) MATCH_MUST_CHECK;

/* Read the object of an instance that is not at hand, for its shape only. */
bool price_skip(struct doc_reader *reader) MATCH_MUST_CHECK;

#endif
