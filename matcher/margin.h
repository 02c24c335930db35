/*
 * What one more would do: the greatest gain that one more seat at a node gives,
 * or the least loss that a floor higher by one costs. It is what placing anew
 * would find, without placing anew.
 *
 * A price bounds this from above, and where many prices prove the same outcome
 * it may lie above it. One cheapest path through what the outcome leaves free
 * closes the gap: from above the node back to it, at costs that the prices make
 * at least 0 (Dijkstra).
 *
 * from   docs/placement.md, "One more"; Ahuja, Magnanti and Orlin 1993, 9.11
 */
#ifndef MATCHER_MARGIN_H
#define MATCHER_MARGIN_H

#include <stdbool.h>
#include <stdint.h>

#include "matcher/error.h"
#include "matcher/why.h"

/* How much better each objective would be; worse is below 0. */
struct match_gain {
	int64_t shortfall; /* how much less is missing */
	int64_t placed, score;
	int64_t kept; /* of a re-run with moves; else 0 */
};

struct match_margin {
	bool has_seat; /* there is a capacity or cap to raise */
	struct match_gain seat;
	bool has_floor; /* a group whose floor is not at its cap */
	struct match_gain floor;
};

/*
 * in     why is of mode optimal; node as match_cutoff.binding
 * fails  MATCH_NO_MEMORY; MATCH_TOO_LARGE where the prices of a path, which a
 *        foreign certificate may choose as it likes, pass 63 bits with a gain
 * mem    linear in nodes and students; time that of one pass over the choices
 *        and a heap of nodes, or none where nothing binds
 */
bool match_margin(const struct match_why *why, uint32_t node,
		  struct match_margin *margin,
		  struct match_error *error) MATCH_MUST_CHECK;

/*
 * The same of all root groups, for the time of one.
 *
 * out    margins, one per root group, in the order of ids
 */
bool match_margin_of_roots(const struct match_why *why,
			   struct match_margin *margins,
			   struct match_error *error) MATCH_MUST_CHECK;

#endif
