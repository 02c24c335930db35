/*
 * work_child.h - heavy work in a process of its own, so that neither its memory
 * nor its end are the worker's: it may take so much time and memory, and is
 * killed when it takes more, or when the lease that it works under is gone.
 *
 * from  docs/architecture.md, "A round"
 */
#ifndef COMMANDS_WORK_CHILD_H
#define COMMANDS_WORK_CHILD_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/config.h"
#include "commands/work_lease.h"

enum child_end {
	CHILD_DONE,		/* work returned true */
	CHILD_GAVE_UP,		/* it returned false, and has said why */
	CHILD_LEASE_LOST,	/* killed: it is not ours any more */
	CHILD_TOO_LONG,		/* killed: over config->run_s */
	CHILD_TOO_LARGE,	/* killed: over config->run_mib */
	CHILD_DIED,		/* by another's hand or a bug */
};

struct child {
	const struct config *config;
	pid_t pid;
	int64_t begun_ms;
	enum child_end end;
	int64_t peak_bytes;	/* at its end */
};

/*
 * Begin: work(arg) in a copy of this process, which may not use connections of
 * the original. Before any thread is begun.
 */
void child_begin(struct child *c, bool (*work)(void *arg), void *arg);

/* Until it has ended; sets end and peak_bytes. */
void child_wait(struct child *c, struct lease *lease);

/* Why it was killed, as an error of what it worked on; NULL: it was not. */
const char *child_flaw(const struct child *c);

/* The most memory that this process had so far. */
int64_t child_own_peak(void);

#endif
