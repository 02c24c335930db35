/* Sorting by number, in linear time. */
#ifndef MATCHER_ORDER_H
#define MATCHER_ORDER_H

#include <stdint.h>

#include "matcher/error.h"

/*
 * The positions of an array in ascending order of what they hold.
 *
 * out    count positions, the caller's to match_drop; equal numbers keep their
 *        order
 * fails  NULL: no memory
 */
uint32_t *match_order_numbers(const uint64_t *numbers,
			      uint32_t count) MATCH_MUST_CHECK;

#endif
