/*
 * work_sweep.h - what a worker sees to besides runs: that which time alone
 * ends. Any number of workers may do it at once.
 */
#ifndef COMMANDS_WORK_SWEEP_H
#define COMMANDS_WORK_SWEEP_H

#include "base/config.h"
#include "base/fault.h"
#include "records/retention.h"
#include "wire/db_sync.h"

enum {
	SWEEP_EXPIRING = 9,	/* what time alone moves on */
	SWEEP_CHORES = SWEEP_EXPIRING + RETENTION_COUNT,
};

struct sweep {
	/* by clock_ms; 0: at once; the last: counts are put together */
	int64_t due_ms[SWEEP_CHORES + 2];
};

/*
 * Does what is due, one batch of each chore, in a transaction each: scheduled
 * rounds open, rounds past closes_at close, and before
 * that who is late is reminded; postings past closes_at, offers
 * past reply_by and applications that nobody decides expire; who has yet to
 * answer a round's proposal is reminded, and what nobody answered by decide_by
 * lapses; what has been kept as long as records/retention.def says goes.
 *
 * out    *is_more: a batch was full, so that more is due already
 * fails  NO_DATABASE, OUTCOME_UNKNOWN. Any other failure is logged, and the
 *        chore comes again when it is next due
 */
MUST_CHECK bool sweep_due(struct sweep *sweep, struct sync *s,
			  const struct config *config, bool *is_more,
			  struct fault *fault);

#endif
