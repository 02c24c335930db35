/*
 * work.c - the worker: takes placement runs, comparisons, imports and feeds,
 * one by one, each under a lease that a thread renews. A worker that dies loses
 * nothing: the lease runs out and another takes the run; the same rows give
 * the same bytes. Between runs it sees to what time ends (work_sweep.h).
 */
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "commands/command.h"
#include "commands/work_child.h"
#include "commands/work_compare.h"
#include "commands/work_feed.h"
#include "commands/work_import.h"
#include "commands/work_lease.h"
#include "commands/work_rarity.h"
#include "commands/work_round.h"
#include "commands/work_sweep.h"
#include "wire/call.h"
#include "wire/fold.h"

enum { POLL_MS = 1000, RETRY_MS = 2000, WORKER_BYTES = 100 };

static volatile sig_atomic_t is_stopping;

static void on_stop(int signal_number)
{
	(void)signal_number;
	is_stopping = 1;
}

/* ---- one run ---- */

static bool run_whole(struct sync *s, const struct work *work,
		      struct outcome *o, struct fault *fault)
{
	bool is_ours;

	if (!round_freeze(s, work, o, fault) || !round_place(work, o, fault) ||
	    !round_verify(work, o, fault))
		return false;
	if (!round_store(s, work, o, &is_ours, fault))
		return false;
	return is_ours ||
	       fault_set(fault, FAULT_BAD_STATE, "the lease is lost");
}

static bool fail_run(struct sync *s, const struct work *w, const char *why,
		     struct fault *fault)
{
	struct rows *rows = SYNC_ASK(s, fault, SQL_RUN_FAIL, w->consortium,
				     w->run, w->worker, w->attempt, why);

	log_line(LOG_ERROR, "run failed", "run=%s attempt=%s why=\"%s\"",
		 w->run, w->attempt, why);
	if (rows)
		rows_release(rows);
	return rows != NULL;
}

/* What is wrong with the input stays wrong: the run ends there. All else is
 * tried again by whoever takes the run next. */
static void give_up(struct sync *s, const struct work *w,
		    const struct fault *why)
{
	struct fault fault;

	log_line(LOG_ERROR, "run given up", "run=%s attempt=%s why=\"%s\" "
		 "sqlstate=%s", w->run, w->attempt, why->detail, why->sqlstate);
	if (s && (why->kind == FAULT_BUG || why->kind == FAULT_BAD_BODY))
		(void)fail_run(s, w, why->detail, &fault);
}

struct running {
	const struct config *config;
	const struct work *work;
};

static void tell_done(const struct work *work, const struct outcome *o,
		      int64_t ms)
{
	log_line(LOG_INFO, "run done",
		 "run=%s attempt=%s students=%" PRId64 " placed=%u "
		 "freeze_ms=%" PRId64 " place_ms=%" PRId64
		 " verify_ms=%" PRId64 " ms=%" PRId64 " mib=%" PRId64,
		 work->run, work->attempt, o->student_count,
		 o->result.placement_count, o->freeze_ms, o->place_ms,
		 o->verify_ms, ms, child_own_peak() >> 20);
}

/* One that sleeps in the middle of a transaction loses it: what it has locked
 * is another worker's to write. */
static bool bound(struct sync *s, const struct config *config,
		  struct fault *fault)
{
	char text[80];

	snprintf(text, sizeof(text),
		 "set idle_in_transaction_session_timeout = '%" PRId64 "s'",
		 config->run_s);
	return sync_exec(s, text, fault);
}

/* In a process of its own. */
static bool run_in_child(void *arg)
{
	const struct running *r = arg;
	struct outcome o = { 0 };
	struct fault fault;
	int64_t started = clock_ms();
	struct sync *s = sync_open(r->config->database_url,
				   "duikou-worker-run", &fault);
	bool is_good = s && bound(s, r->config, &fault) &&
		       run_whole(s, r->work, &o, &fault);

	if (is_good)
		tell_done(r->work, &o, clock_ms() - started);
	else
		give_up(s, r->work, &fault);
	outcome_close(&o);
	sync_close(s);
	return is_good;
}

static bool is_tried_enough(const struct config *config,
			    const struct work *work)
{
	return strtoll(work->attempt, NULL, 10) > config->run_attempts;
}

static bool do_run(struct sync *s, const struct config *config,
		   struct work *work, struct fault *fault)
{
	struct running running = { config, work };
	struct child child = { .config = config };
	struct lease lease = { .config = config, .beat = SQL_RUN_BEAT,
			       .consortium = work->consortium,
			       .id = work->run, .worker = work->worker,
			       .attempt = work->attempt };

	if (is_tried_enough(config, work))
		return fail_run(s, work, "begun often, it never came to an end",
				fault);
	work->progress = progress_open(config->stop_at);
	lease.progress = work->progress;
	child_begin(&child, run_in_child, &running);
	lease_begin(&lease);
	child_wait(&child, &lease);
	lease_end(&lease);
	progress_close(work->progress);
	if (child_flaw(&child))
		return fail_run(s, work, child_flaw(&child), fault);
	if (child.end == CHILD_LEASE_LOST)
		log_line(LOG_WARN, "run called off", "run=%s attempt=%s",
			 work->run, work->attempt);
	return true;
}

static void nap(int64_t ms)
{
	struct timespec t = { ms / 1000, ms % 1000 * 1000000 };

	nanosleep(&t, NULL);
}

static void copy_text(char *out, size_t room, const char *text)
{
	must(strlen(text) < room);
	memcpy(out, text, strlen(text) + 1);
}

/* out  *is_there false: nothing waits */
static bool take_run(struct sync *s, const struct config *config,
		     struct work *w, bool *is_there, struct fault *fault)
{
	char lease[24];
	struct rows *rows;

	snprintf(lease, sizeof(lease), "%" PRId64, config->lease_ms);
	rows = SYNC_ASK(s, fault, SQL_RUN_TAKE, w->worker, lease);
	if (!rows)
		return false;
	*is_there = rows_count(rows) == 1;
	if (*is_there) {
		copy_text(w->consortium, sizeof(w->consortium),
			  rows_text(rows, 0, 0));
		copy_text(w->run, sizeof(w->run), rows_text(rows, 0, 1));
		copy_text(w->round, sizeof(w->round), rows_text(rows, 0, 2));
		copy_text(w->attempt, sizeof(w->attempt),
			  rows_text(rows, 0, 3));
		copy_text(w->mode, sizeof(w->mode), rows_text(rows, 0, 4));
		log_line(LOG_INFO, "run taken",
			 "run=%s round=%s mode=%s attempt=%s", w->run,
			 w->round, w->mode, w->attempt);
	}
	rows_release(rows);
	return true;
}

/* ---- the loop ---- */

static bool is_loss(const struct fault *fault)
{
	return fault->kind == FAULT_NO_DATABASE ||
	       fault->kind == FAULT_OUTCOME_UNKNOWN;
}

typedef bool job(struct sync *s, const struct config *config,
		 const char *worker, bool *is_there, struct fault *fault);

/* What a worker takes beside runs, one of each a turn. */
static job *const jobs[] = { compare_work, import_work, feed_work };

/* false: the connection is lost. */
static bool do_jobs(struct sync *s, const struct config *config,
		    const char *worker, bool *is_any, struct fault *fault)
{
	for (size_t i = 0; i < COUNT_OF(jobs); i++) {
		bool is_there = false;

		if (!jobs[i](s, config, worker, &is_there, fault) &&
		    is_loss(fault))
			return false;
		*is_any |= is_there;
	}
	return true;
}

/* When what time alone ends is due again. */
struct due {
	struct sweep sweep;
	int64_t count_at_ms;
};

/* All that there is to do now, or a wait where there is nothing; false: the
 * connection is of no more use. */
static bool take_turn(struct sync *s, const struct config *config,
		      struct work *work, struct due *due, struct fault *fault)
{
	bool is_there, is_more, is_said;

	if (!take_run(s, config, work, &is_there, fault))
		return false;
	if (is_there && !do_run(s, config, work, fault) && is_loss(fault))
		return false;
	return do_jobs(s, config, work->worker, &is_there, fault) &&
	       sweep_due(&due->sweep, s, config, &is_more, fault) &&
	       rarity_due(&due->count_at_ms, s, config, fault) &&
	       (is_there || is_more || sync_wait(s, POLL_MS, &is_said, fault));
}

/* Works until told to stop, or until the connection is of no more use. */
static void work_on(struct sync *s, const struct config *config,
		    struct work *work)
{
	struct due due = { 0 };
	struct fault fault;

	if (!sync_listen(s, "duikou_change", &fault))
		return;
	while (!is_stopping && take_turn(s, config, work, &due, &fault))
		;
	if (!is_stopping)
		log_line(LOG_WARN, "database lost", "why=\"%s\"", fault.detail);
}

int work_run(const struct config *config, char **arguments)
{
	struct sigaction stop = { .sa_handler = on_stop };
	char name[WORKER_BYTES], host[64] = "";
	struct work work = { .worker = name };
	struct fault fault;

	(void)arguments;
	if (!fold_open()) {
		log_line(LOG_FATAL, "no OpenCC data", "install=libopencc-data");
		return EXIT_FAILURE;
	}
	if (!call_open()) {
		log_line(LOG_FATAL, "no libcurl", "why=\"cannot be begun\"");
		return EXIT_FAILURE;
	}
	sigaction(SIGTERM, &stop, NULL);
	sigaction(SIGINT, &stop, NULL);
	gethostname(host, sizeof(host) - 1);
	snprintf(name, sizeof(name), "%s:%d", host, (int)getpid());
	log_line(LOG_INFO, "working", "worker=%s", name);
	while (!is_stopping) {
		struct sync *s = sync_open(config->database_url,
					   "duikou-worker", &fault);

		if (s)
			work_on(s, config, &work);
		else
			log_line(LOG_WARN, "no database", "why=\"%s\"",
				 fault.detail);
		sync_close(s);
		if (!is_stopping)
			nap(RETRY_MS);
	}
	log_line(LOG_INFO, "stopped", "worker=%s", name);
	return EXIT_SUCCESS;
}
