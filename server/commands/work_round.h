/*
 * work_round.h - one round from its rows in PostgreSQL to two documents and
 * back into rows. The worker (work.c) owns the lease; this file knows none.
 *
 * from  architecture.md, "Matching in the service"; matching.md, section 3
 */
#ifndef COMMANDS_WORK_ROUND_H
#define COMMANDS_WORK_ROUND_H

#include "base/buf.h"
#include "base/fault.h"
#include "commands/work_progress.h"
#include "matcher/instance.h"
#include "matcher/result.h"
#include "wire/db_sync.h"

/* A run in the hands of a worker; ids are text as PostgreSQL wrote them. */
struct work {
	char consortium[UUID_TEXT_BYTES], run[UUID_TEXT_BYTES];
	char round[UUID_TEXT_BYTES];
	char attempt[12], mode[12];
	const char *worker;
	struct progress *progress;
};

/* What a run makes: the documents, and what they say in memory. */
struct outcome {
	struct buf instance_text, result_text;
	struct match_instance instance;
	struct match_result result;
	int64_t student_count;
	uint32_t rarity_edition;	/* 0: none */
	int64_t published_beside;	/* of rounds that share its seats */
	struct buf proposals;		/* lines of a COPY, behind the run */
	int64_t proposal_count;
	struct buf left_out;		/* the same, of wishes left out */
	int64_t left_out_count;
	/* Ids, end to end and ascending, of those whose every wish was. */
	struct buf wishless;
	bool is_again;			/* it goes on from a publication */
	struct buf previous_text;	/* whose result this is */
	struct buf priors;		/* likewise lines of a COPY */
	int64_t prior_count;
	int64_t freeze_ms, place_ms, verify_ms;
};

void outcome_close(struct outcome *o);

/* A match_sink's write: to is a struct buf. */
bool outcome_write(void *to, const char *bytes, size_t count);

/*
 * Freeze the round into o->instance and o->instance_text, from one snapshot.
 * Wishes that a rule now blocks, or whose posting is no longer open, stay out.
 * fails  NO_DATABASE and its like; BUG with the matcher's words
 */
MUST_CHECK bool round_freeze(struct sync *s, const struct work *work,
			     struct outcome *o, struct fault *fault);

/* Place in the run's mode, write the result, and read both documents back for
 * the checker. */
MUST_CHECK bool round_place(const struct work *work, struct outcome *o,
			    struct fault *fault);
MUST_CHECK bool round_verify(const struct work *work, struct outcome *o,
			     struct fault *fault);

/*
 * Lines of a COPY, behind the run: who has no seat, and what decided.
 * out    *count of them
 * fails  BUG with the matcher's words
 */
MUST_CHECK bool round_unplaced(const struct outcome *o, struct buf *lines,
			       int64_t *count, struct fault *fault);

/*
 * Keep everything and end the run, in one transaction.
 * out    *is_ours false: the lease was lost meanwhile and nothing was kept
 */
MUST_CHECK bool round_store(struct sync *s, const struct work *work,
			    const struct outcome *o, bool *is_ours,
			    struct fault *fault);

#endif
