/*
 * work_again.h - what a run that goes on from a publication knows of it: where
 * each student is and whether he stays, and the result document before.
 *
 * from  docs/rounds.md, "Placed again"; docs/placement.md, "Re-run with pins"
 */
#ifndef COMMANDS_WORK_AGAIN_H
#define COMMANDS_WORK_AGAIN_H

#include <stdbool.h>
#include <stdint.h>

#include "commands/work_round.h"
#include "matcher/instance.h"
#include "wire/rows.h"

/* All zero: of a run that goes on from nothing. */
struct again {
	struct rows *priors;		/* run_priors.sql; given */
	int next;			/* the row to look at */
	struct match_id pinned;		/* of the student who is added now */
	uint32_t score;			/* of that seat, as it was given */
	bool is_wished;			/* it is among his wishes */
};

/*
 * Reads both from the snapshot.
 *
 * out    o->is_again, o->previous_text, o->priors
 */
MUST_CHECK bool again_load(struct again *again, struct sync *s,
			   const struct work *work, struct outcome *o,
			   struct fault *fault);

/* The student to come; they come by id. Behind it, pinned.text is NULL where
 * he does not stay. */
void again_student(struct again *again, const char *student);

/* Does he stay at this one? */
bool again_keeps(const struct again *again, struct match_id posting);

/* He wishes for this one. */
void again_wished(struct again *again, struct match_id posting);

void again_close(struct again *again);

/*
 * The result before, as it is to be read with this instance.
 *
 * out    previous is given, also where it fails
 */
MUST_CHECK bool again_previous(const struct outcome *o,
			       const struct match_instance *instance,
			       struct match_result *previous,
			       struct match_error *error);

#endif
