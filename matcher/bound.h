/*
 * From prices to the witness that they hold; for witness.c only.
 */
#ifndef MATCHER_BOUND_H
#define MATCHER_BOUND_H

#include <stdbool.h>
#include <stdint.h>

#include "matcher/contracts.h"
#include "matcher/witness.h"

/*
 * By weak duality a flow is worth no more than what every student gains at
 * best, base less the prices of a path, plus what the seats with a price earn,
 * less the floors with a negative one.
 *
 * in     contracts say which choices count; prices, per node, prove what a flow
 *        is worth exactly, and are made smaller on the way
 *        node: take only the part that hangs together with it; or MATCH_NONE
 * out    witness is given to the caller
 * fails  no memory; witness is then empty
 */
bool match_bound(const struct match_contracts *contracts, int64_t base,
		 int64_t *prices, uint32_t node,
		 struct match_witness *witness) MATCH_MUST_CHECK;

#endif
