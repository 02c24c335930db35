/*
 * A re-run with pins: who is pinned stays, and the others are placed in what is
 * left. The reduced instance has the pinned students' seats taken out of every
 * node above them, floors too, and leaves those students nothing to wish for;
 * so any mode places the others in it as if it were a round of its own.
 *
 * Part of the solver; the checker reduces by its own means.
 *
 * from   docs/placement.md, "Re-run with pins"
 */
#ifndef MATCHER_PINS_H
#define MATCHER_PINS_H

#include <stdbool.h>
#include <stdint.h>

#include "matcher/error.h"
#include "matcher/instance.h"
#include "matcher/result.h"

/* Told once for each thing that cannot be, in one line of text. */
typedef void match_pin_flaw(void *to, const char *text);

struct match_pin_listener {
	match_pin_flaw *tell;
	void *to;
};

struct match_pins {
	const struct match_instance *whole; /* kept */
	/* Numbered as the whole, which it borrows all but these from: group,
	 * posting, choice_start, choice. */
	struct match_instance rest;
	uint32_t *count; /* pinned under each node: postings, then groups */
	uint32_t pinned_count;
};

/*
 * Take the pins out of an instance.
 *
 * in     instance is kept; listener is borrowed, or NULL
 * out    pins is the caller's to free (match_pins_free)
 * fails  MATCH_MALFORMED: pins where the student is not acceptable, or nodes
 *        with more pins than seats; the listener is told of each, students
 *        before nodes, in the order of ids. MATCH_NO_MEMORY. pins is then empty
 */
bool match_pins_init(struct match_pins *pins,
		     const struct match_instance *instance,
		     const struct match_pin_listener *listener,
		     struct match_error *error) MATCH_MUST_CHECK;
void match_pins_free(struct match_pins *pins);

/*
 * Turn a result of the reduced instance into one of the whole: the pinned are
 * placed, sums and groups are those of all, cutoffs, own moves and prices stay.
 *
 * fails  MATCH_NO_MEMORY; the result is then as it was
 */
bool match_pins_join(const struct match_pins *pins, struct match_result *result,
		     struct match_error *error) MATCH_MUST_CHECK;

#endif
