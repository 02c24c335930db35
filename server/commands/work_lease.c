/* work_lease.c - a connection of its own, and a beat at each third. */
#include "commands/work_lease.h"

#include <inttypes.h>
#include <stdio.h>
#include <time.h>

#include "base/clock.h"
#include "base/log.h"
#include "wire/db_sync.h"

enum { LOOK_MS = 50 };

/* Renews once; a failure to ask is not yet a loss: the lease has time left. */
static bool beat(struct sync *s, const struct lease *l)
{
	struct fault fault;
	char ms[24];
	struct rows *rows;
	bool is_held;

	snprintf(ms, sizeof(ms), "%" PRId64, l->config->lease_ms);
	rows = SYNC_ASK(s, &fault, l->beat, l->consortium, l->id, l->worker,
			l->attempt, ms);
	if (!rows) {
		log_line(LOG_WARN, "heartbeat failed", "id=%s why=\"%s\"",
			 l->id, fault.detail);
		return true;
	}
	is_held = rows_count(rows) == 1;
	rows_release(rows);
	return is_held;
}

static void nap(void)
{
	struct timespec t = { 0, LOOK_MS * 1000000 };

	nanosleep(&t, NULL);
}

static void *keep(void *arg)
{
	struct lease *l = arg;
	struct fault fault;
	struct sync *s = NULL;
	int64_t next = 0;

	while (!atomic_load(&l->is_done)) {
		if (clock_ms() < next) {
			nap();
			continue;
		}
		next = clock_ms() + l->config->lease_ms / 3;
		if (!s)
			s = sync_open(l->config->database_url,
				      "duikou-worker-lease", &fault);
		if (s && !beat(s, l))
			atomic_store(&l->is_lost, true);
	}
	sync_close(s);
	return NULL;
}

void lease_begin(struct lease *l)
{
	must(pthread_create(&l->thread, NULL, keep, l) == 0);
}

void lease_end(struct lease *l)
{
	atomic_store(&l->is_done, true);
	must(pthread_join(l->thread, NULL) == 0);
}

bool lease_is_lost(struct lease *l)
{
	return atomic_load(&l->is_lost);
}
