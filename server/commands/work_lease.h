/*
 * work_lease.h - what a worker holds, kept its own by a thread that renews the
 * lease while the work is done.
 */
#ifndef COMMANDS_WORK_LEASE_H
#define COMMANDS_WORK_LEASE_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

#include "base/config.h"
#include "commands/work_progress.h"
#include "wire/sql.h"

struct lease {
	const struct config *config;
	/* SQL_RUN_BEAT or its like: consortium, id, worker, attempt, lease in
	 * milliseconds; no row if another has it */
	enum sql_id beat;
	const char *consortium, *id, *worker, *attempt;
	/* NULL; or beat takes two more: phase, share. Told at most once a
	 * second. */
	struct progress *progress;
	/* what follows is work_lease.c's own */
	pthread_t thread;
	atomic_bool is_done, is_lost;
};

/* in: the members above; kept until lease_end */
void lease_begin(struct lease *l);
void lease_end(struct lease *l);

/* Another worker has it, or may have: stop. */
bool lease_is_lost(struct lease *l);

#endif
