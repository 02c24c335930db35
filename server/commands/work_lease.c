/* work_lease.c - a connection of its own, and a beat at each third. */
#include "commands/work_lease.h"

#include <inttypes.h>
#include <stdio.h>
#include <time.h>

#include "base/clock.h"
#include "base/log.h"
#include "wire/db_sync.h"

enum { LOOK_MS = 50, TELL_MS = 1000 };

/* What was last told of the work. */
struct seen {
	enum run_phase phase;
	int share;
};

static struct seen look(const struct lease *l)
{
	struct seen seen = { PHASE_NONE, 0 };

	if (l->progress) {
		seen.phase = (enum run_phase)atomic_load(&l->progress->phase);
		seen.share = atomic_load(&l->progress->share);
	}
	return seen;
}

static bool is_same(struct seen a, struct seen b)
{
	return a.phase == b.phase && a.share == b.share;
}

/* Renews once; a failure to ask is not yet a loss: the lease has time left. */
static bool beat(struct sync *s, const struct lease *l, struct seen seen)
{
	struct fault fault;
	char ms[24], share[24];
	const char *params[7] = { l->consortium, l->id, l->worker, l->attempt };
	struct rows *rows;
	bool is_held;

	snprintf(ms, sizeof(ms), "%" PRId64, l->config->lease_ms);
	snprintf(share, sizeof(share), "%d", seen.share);
	params[4] = ms;
	params[5] = progress_word(seen.phase);
	params[6] = seen.phase == PHASE_NONE ? NULL : share;
	rows = sync_ask(s, l->beat, l->progress ? 7 : 5, params, &fault);
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
	int64_t next = 0, told_ms = 0;
	struct seen told = { PHASE_NONE, 0 };

	while (!atomic_load(&l->is_done)) {
		struct seen seen = look(l);
		int64_t now = clock_ms();

		if (now < next && (is_same(seen, told) ||
				   now < told_ms + TELL_MS)) {
			nap();
			continue;
		}
		next = now + l->config->lease_ms / 3;
		told_ms = now;
		told = seen;
		if (!s)
			s = sync_open(l->config->database_url,
				      "duikou-worker-lease", &fault);
		if (s && !beat(s, l, seen))
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
