/*
 * demo.c - loads the demonstration city and says how to walk in it.
 *
 * Three transactions, of which each leaves a state that the next call goes on
 * from: the city with its first round closed and a run waiting; the run, by
 * the worker's own code; its publication, the second round's wishes, the
 * accounts, and what waits for the office.
 * Called again when all is there, it only prints.
 *
 * The SQL here is of loading alone and no statement of the service.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/text.h"
#include "commands/command.h"
#include "commands/demo.h"
#include "commands/work_round.h"

static const char worker[] = "demo";

static bool complain(const struct demo *d, const char *what)
{
	fprintf(stderr, "demo: %s: %s\n", what,
		*sync_message(d->s) ? sync_message(d->s) : d->fault.detail);
	return false;
}

/* A truth: the first column of the first row; no row is false. */
static bool ask(struct demo *d, const char *question, bool *is_so)
{
	struct rows *rows = sync_query(d->s, question, 0, NULL, &d->fault);

	if (!rows)
		return complain(d, "asking");
	*is_so = rows_count(rows) > 0 && rows_bool(rows, 0, 0);
	rows_release(rows);
	return true;
}

static bool is_ready(struct demo *d)
{
	bool has_schema, has_lists = false;

	if (!ask(d, "select to_regclass('run_file') is not null", &has_schema))
		return false;
	if (has_schema &&
	    !ask(d, "select 6 = (select count(*) from reference_list "
		    "where name in ('specialty', 'occupation', 'industry', "
		    "'division', 'destination', 'unit_nature'))", &has_lists))
		return false;
	if (!has_lists)
		fprintf(stderr, "demo: the database has no %s yet: run "
			"duikou-server %s first\n",
			has_schema ? "code lists" : "schema",
			has_schema ? "reference load DIR" : "migrate");
	return has_lists;
}

/* ---- the first transaction ---- */

static bool move_round(struct demo *d, uint32_t number, const char *state)
{
	char id[UUID_TEXT_BYTES];

	return demo_exec(d, arena_print(
		d->mem, "update round set state = '%s', policy_version = 1, "
		"actor = '00000000-0000-0000-0000-000000000000' "
		"where consortium_id = '%s' and id = '%s'", state,
		demo_consortium, demo_id(DEMO_ROUND, number, id)));
}

/* Should we die before we take it, a worker does. */
static bool queue_run(struct demo *d)
{
	char run[UUID_TEXT_BYTES], round[UUID_TEXT_BYTES];

	demo_id(DEMO_RUN, 1, run);
	demo_id(DEMO_ROUND, 1, round);
	return demo_exec(d, arena_print(
		d->mem, "insert into run (consortium_id, id, round_id, mode) "
		"values ('%s', '%s', '%s', 'stable')", demo_consortium, run,
		round));
}

/* Without it the round's statements would be planned for empty tables. */
static const char weigh[] =
	"analyze enterprise, post_category, posting, student, school, account, "
	"wish_list, wish";

static bool add_all(struct demo *d)
{
	return demo_add_city(d) && demo_add_enterprises(d) &&
	       demo_add_postings(d) && demo_add_students(d) &&
	       demo_add_cooperations(d) &&
	       move_round(d, 1, "open") && demo_add_wishes(d, 1) &&
	       move_round(d, 1, "closed") && queue_run(d) &&
	       demo_exec(d, weigh);
}

static bool in_transaction(struct demo *d, bool (*work)(struct demo *d))
{
	if (sync_begin(d->s, &d->fault) && work(d) &&
	    sync_commit(d->s, &d->fault))
		return true;
	complain(d, "loading");
	sync_rollback(d->s);
	return false;
}

/* ---- the run ---- */

/* Ours if it waits, or was ours before, or its worker let it go. */
static bool take_run(struct demo *d, struct work *work, bool *is_ours)
{
	static const char take[] =
		"update run set state = 'running', worker = $2, "
		"attempt = attempt + 1, heartbeat_at = now(), "
		"lease_until = now() + interval '60 seconds', "
		"started_at = now(), "
		"actor = '00000000-0000-0000-0000-000000000000' "
		"where consortium_id = $1::uuid and id = $3::uuid "
		"and (state = 'queued' or (state = 'running' "
		"and (worker = $2 or lease_until < now()))) "
		"returning attempt";
	const char *const params[] = { demo_consortium, worker, work->run };
	struct rows *rows = sync_query(d->s, take, COUNT_OF(params), params,
				       &d->fault);

	if (!rows)
		return false;
	*is_ours = rows_count(rows) == 1;
	if (*is_ours)
		snprintf(work->attempt, sizeof(work->attempt), "%d",
			 (int)rows_int(rows, 0, 0));
	rows_release(rows);
	return true;
}

/* Its round goes along, as when a worker takes a run (run_take.sql). */
static bool begin_run(struct demo *d, struct work *work, bool *is_ours)
{
	if (!sync_begin(d->s, &d->fault) || !take_run(d, work, is_ours) ||
	    (*is_ours && !demo_exec(d, arena_print(
		d->mem, "update round set state = 'running', "
		"actor = '00000000-0000-0000-0000-000000000000' "
		"where consortium_id = '%s' and id = '%s' "
		"and state in ('closed', 'computed')", demo_consortium,
		work->round)))) {
		sync_rollback(d->s);
		return false;
	}
	return sync_commit(d->s, &d->fault);
}

static bool run_round(struct demo *d)
{
	struct work work = { .worker = worker, .mode = "stable",
			     .progress = progress_open("") };
	struct outcome o = { 0 };
	bool is_ours = false, is_good;

	snprintf(work.consortium, sizeof(work.consortium), "%s",
		 demo_consortium);
	demo_id(DEMO_RUN, 1, work.run);
	demo_id(DEMO_ROUND, 1, work.round);
	is_good = begin_run(d, &work, &is_ours);
	if (is_good && is_ours)
		is_good = round_freeze(d->s, &work, &o, &d->fault) &&
			  round_place(&work, &o, &d->fault) &&
			  round_verify(&work, &o, &d->fault) &&
			  round_store(d->s, &work, &o, &is_ours, &d->fault);
	outcome_close(&o);
	progress_close(work.progress);
	return is_good || complain(d, "running the first round");
}

/* A worker that runs beside us may have been quicker: then wait for it. */
static bool run_until_done(struct demo *d)
{
	enum { PAUSE_MS = 500, PAUSES = 180 };
	const char *question = arena_print(
		d->mem, "select state = 'done' from run "
		"where consortium_id = '%s'", demo_consortium);
	bool is_done, is_said;

	for (int i = 0; i < PAUSES; i++) {
		if (!ask(d, question, &is_done))
			return false;
		if (is_done)
			return true;
		if (i > 0 &&
		    !sync_wait(d->s, PAUSE_MS, &is_said, &d->fault))
			return complain(d, "waiting for a worker");
		if (!run_round(d))
			return false;
	}
	fprintf(stderr, "demo: the first round's run does not end\n");
	return false;
}

/* ---- the last transaction ---- */

/* Four of five have accepted; with these seats taken the second round opens. */
static bool publish_and_go_on(struct demo *d)
{
	char round[UUID_TEXT_BYTES], run[UUID_TEXT_BYTES];

	demo_id(DEMO_ROUND, 1, round);
	demo_id(DEMO_RUN, 1, run);
	return demo_exec(d, arena_print(
		       d->mem, "select publish_round('%s', '%s', '%s', "
		       "'00000000-0000-0000-0000-000000000000', null);"
		       "update placement set state = 'accepted', actor = "
		       "'00000000-0000-0000-0000-000000000000' "
		       "where consortium_id = '%s' "
		       "and get_byte(uuid_send(student_id), 15) %% 5 < 4",
		       demo_consortium, round, run, demo_consortium)) &&
	       move_round(d, 2, "open") && demo_add_wishes(d, 2) &&
	       demo_add_graduates(d) && demo_add_demand(d) &&
	       demo_add_lists(d) && demo_add_complaints(d) &&
	       demo_add_accounts(d) && demo_add_rounds(d);
}

static bool load(struct demo *d)
{
	const char *there = arena_print(
		d->mem, "select count(*) > 0 from consortium "
		"where slug = '%s'", demo_slug);
	const char *published = arena_print(
		d->mem, "select state = 'published' from round "
		"where consortium_id = '%s' and published_run_id is not null",
		demo_consortium);
	bool is_there, is_published;

	if (!is_ready(d) || !ask(d, there, &is_there) ||
	    (!is_there && !in_transaction(d, add_all)) ||
	    !ask(d, published, &is_published))
		return false;
	/* Who looks at the city at once is not made to wait for autovacuum. */
	return is_published ||
	       (run_until_done(d) && in_transaction(d, publish_and_go_on) &&
		demo_exec(d, "analyze"));
}

int demo_run(const struct config *config, char **arguments)
{
	struct demo *d;
	struct arena *mem = arena_open();
	bool is_done;

	(void)arguments;
	d = arena_new(mem, struct demo);
	d->mem = mem;
	d->term = demo_term_at(mem, clock_wall_ms());
	d->s = sync_open(config->database_url, "duikou-demo", &d->fault);
	if (!d->s) {
		fprintf(stderr, "demo: %s\n", d->fault.detail);
		arena_close(mem);
		return EXIT_FAILURE;
	}
	/* A second one waits and then finds nothing to do. */
	is_done = demo_exec(d, "select pg_advisory_lock(1146440012)") &&
		  load(d) && (demo_print(d) || complain(d, "reading"));
	sync_close(d->s);
	buf_close(&d->lines);
	arena_close(mem);
	return is_done ? EXIT_SUCCESS : EXIT_FAILURE;
}
