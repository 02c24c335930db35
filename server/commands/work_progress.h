/*
 * work_progress.h - how far a run or comparison is: told by the process that
 * works on it, read by the one that holds the lease. Both see the same memory.
 */
#ifndef COMMANDS_WORK_PROGRESS_H
#define COMMANDS_WORK_PROGRESS_H

#include <stdatomic.h>

#include "base/base.h"

/* The first is none; the second line is a comparison's, STORE is of both. END
 * and COMMIT are only for DUIKOU_STOP_AT. */
enum run_phase { PHASE_NONE, PHASE_FREEZE, PHASE_PLACE, PHASE_VERIFY,
		 PHASE_READ, PHASE_AFTER, PHASE_BEFORE,
		 PHASE_STORE, PHASE_END, PHASE_COMMIT };

struct progress {
	atomic_int phase, share;	/* of the phase, in thousandths */
	const char *stop_at;
};

/* Kept until progress_close. */
struct progress *progress_open(const char *stop_at);
void progress_close(struct progress *p);

/* A phase begins; where stop_at says so, the process stops before it. */
void progress_phase(struct progress *p, enum run_phase phase);

/* done of all, of the phase that was told last. */
void progress_share(struct progress *p, size_t done, size_t all);

/* The word of what is told, or NULL. */
const char *progress_word(enum run_phase phase);

#endif
