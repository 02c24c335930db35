/* The forest shared out among threads: whole trees, so that none meet. */
#ifndef MATCHER_SHARE_H
#define MATCHER_SHARE_H

#include <stdint.h>

#include "matcher/error.h"
#include "matcher/forest.h"
#include "matcher/instance.h"

/*
 * Per posting the share, below share_count, of the tree that it stands in;
 * the shares have about as many seats each.
 *
 * out    the caller's to match_drop
 * fails  NULL: no memory
 */
uint8_t *match_share_out(const struct match_forest *forest,
			 const struct match_instance *instance,
			 uint8_t share_count) MATCH_MUST_CHECK;

#endif
