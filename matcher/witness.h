/*
 * Witnesses: a few nodes and students that show at a glance why no placement
 * whatsoever does better. Of the floors named, `needed` seats are asked for;
 * the students and the full nodes named let at most `reachable` be filled.
 *
 * This is the minimum cut, read from prices; where floors stand in one another
 * a student or a seat counts once for every floor that it serves.
 *
 * from   docs/placement.md, "The witness"; weak duality of the linear programme
 */
#ifndef MATCHER_WITNESS_H
#define MATCHER_WITNESS_H

#include <stdbool.h>
#include <stdint.h>

#include "matcher/error.h"
#include "matcher/why.h"

/* A floor that asks for seats, or a node whose seats set a bound. */
struct match_witness_node {
	uint32_t node; /* as match_cutoff.binding */
	bool is_floor;
	uint32_t seats; /* the floor; or the capacity or cap */
	int64_t times;	/* how many floors a seat serves; a floor: once */
};

struct match_witness {
	int64_t needed;	   /* the sum of the floors */
	int64_t reachable; /* seats times `times`, and student_units */
	struct match_witness_node *nodes; /* floors first */
	uint32_t node_count;
	/* Those who can serve a floor without taking a seat of a node named. */
	uint32_t *students; /* ascending */
	uint32_t student_count;
	int64_t student_units; /* each as often as the floors it can serve */
};

void match_witness_free(struct match_witness *witness);

/*
 * Why a group that is short in mode optimal cannot be helped: the floors that
 * hang together with its own by the students who might serve them, and what
 * bounds them. No placement has less shortfall over these floors together.
 *
 * in     why is of mode optimal; group, or MATCH_NONE for all floors
 * out    witness is given to the caller; needed - reachable is the shortfall of
 *        the floors named. All is empty if the group is not short
 * fails  MATCH_NO_MEMORY; witness is then empty
 * mem    linear in the nodes and students
 */
bool match_witness_of_prices(const struct match_why *why, uint32_t group,
			     struct match_witness *witness,
			     struct match_error *error) MATCH_MUST_CHECK;

/*
 * The most that any placement has under a group, whatever becomes of the other
 * floors: a flow of the students who list something under it against the caps
 * beneath and above.
 *
 * out    witness is given to the caller: needed is the group's floor, reachable
 *        the most; the nodes and students that bound it
 * fails  MATCH_NO_MEMORY, MATCH_TOO_LARGE; witness is then empty
 * mem    a solver's for the group's part of the instance
 */
bool match_witness_of_reach(const struct match_why *why, uint32_t group,
			    struct match_witness *witness,
			    struct match_error *error) MATCH_MUST_CHECK;

#endif
