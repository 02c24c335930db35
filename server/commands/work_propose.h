/*
 * work_propose.h - wishes for those who gave none: each student's best of the
 * round's postings, exact, in the order of the live ranking.
 *
 * from  docs/matching.md, "Proposed wishes"; matcher/batch.h
 */
#ifndef COMMANDS_WORK_PROPOSE_H
#define COMMANDS_WORK_PROPOSE_H

#include "base/arena.h"
#include "base/fault.h"
#include "matcher/batch.h"
#include "records/match_input.h"
#include "wire/rows.h"

/* What there is to propose from, and to whom. */
struct proposing {
	struct match_terms terms;
	uint32_t want;			/* of a list, 1..50 */
	const struct match_posting *postings;	/* by row */
	const struct rows *seats;	/* their rows ... */
	int seats_column;		/* ... and how many are left */
	const struct rows *students;	/* freeze_students.sql, in its order */
};

struct proposals {
	struct match_batch batch;
	int *posting_row;		/* by the batch's posting */
};

/* The column of freeze_students.sql behind the student's. */
enum { STUDENT_HAS_LIST_COLUMN = MATCH_STUDENT_COLUMNS };

/*
 * in     mem outlives the proposals
 * out    a list for each student without one, in the order of the rows
 * fails  BUG with the matcher's words, BUSY (no memory); nothing to close
 */
MUST_CHECK bool proposals_make(struct proposals *p, struct arena *mem,
			       const struct proposing *from,
			       struct fault *fault);
void proposals_close(struct proposals *p);

#endif
