/*
 * Why a group has the students that it has, and no more: who listed something
 * under it, and where they are.
 *
 * from   docs/placement.md, "Explanations"; Roth 1986 for the rural hospitals
 */
#ifndef MATCHER_SHORTAGE_H
#define MATCHER_SHORTAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "matcher/error.h"
#include "matcher/why.h"
#include "matcher/witness.h"

/*
 * Every student who listed a posting under the group stands in one count:
 * unacceptable, placed, content, elsewhere or unplaced.
 */
struct match_shortage {
	uint32_t group;
	int64_t placed, lower, shortfall;
	bool has_upper;
	int64_t upper;
	/* Mode stable, a root: short here, so short in every stable outcome. */
	bool is_short_in_all;
	uint32_t listed;       /* students with a choice under it */
	uint32_t unacceptable; /* no ranking there lists them for any */
	/* Mode stable: got what they like better than all they listed here. */
	uint32_t content;
	/* Got another; mode stable: one they like less than some choice here.
	 */
	uint32_t elsewhere;
	uint32_t unplaced;
	/* Mode stable, of elsewhere and unplaced: whom only nodes of the group
	 * itself turned away, and whom one above it did. */
	uint32_t turned_inside, turned_above;
	/* The most that any placement has here, and why. */
	struct match_witness reach;
	/* Mode optimal, if it is short; else empty. */
	struct match_witness cut;
};

/* fails  MATCH_NO_MEMORY, MATCH_TOO_LARGE; answer is then empty */
bool match_shortage(const struct match_why *why, uint32_t group,
		    struct match_shortage *answer,
		    struct match_error *error) MATCH_MUST_CHECK;
void match_shortage_free(struct match_shortage *answer);

#endif
