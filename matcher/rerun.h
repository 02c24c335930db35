/*
 * Placing again: what is pinned stays, the others are placed by the mode in
 * what that leaves, and everybody who moves is listed.
 *
 * from   docs/placement.md, "Re-run with pins"
 */
#ifndef MATCHER_RERUN_H
#define MATCHER_RERUN_H

#include <stdbool.h>
#include <stdint.h>

#include "matcher/error.h"
#include "matcher/instance.h"
#include "matcher/pins.h"
#include "matcher/place.h"
#include "matcher/result.h"

struct match_rerun {
	bool is_optimal;       /* else mode stable */
	uint32_t thread_count; /* mode stable: 1..MATCH_THREADS_MAX */
	/* The result before, read with this instance though it may be of an
	 * earlier form of it; NULL: moves are neither spared nor listed. */
	const struct match_result *previous;
	const struct match_pin_listener *listener; /* or NULL */
	const struct match_watch *watch;	   /* mode optimal; or NULL */
};

/*
 * Place with pins: match_place_stable or match_place_optimal on the reduced
 * instance, and the result of the whole, which says that it is pinned. With a
 * previous result it lists the moves; then mode optimal takes, of all that is
 * best, one with the fewest.
 *
 * in     instance and rerun are borrowed
 * out    result is given to the caller; instance_sha256 is left empty
 * fails  as match_pins_init and the two modes do; MATCH_MALFORMED too if the
 *        previous result names a student twice; result is then empty
 */
bool match_place_again(const struct match_instance *instance,
		       const struct match_rerun *rerun,
		       struct match_result *result,
		       struct match_error *error) MATCH_MUST_CHECK;

#endif
