/*
 * db.c - opening, asking, and the end of each turn of the loop, when what was
 * asked in it goes out together. Nothing here waits.
 */
#include "wire/db.h"

#include <event2/event.h>
#include <stdio.h>

#include "base/clock.h"
#include "base/mem.h"
#include "wire/db_private.h"

static const struct lane {
	int share_max, flying_max;
} lanes[DB_LANES] = {
	[DB_KEYED] = { KEYED_SHARE_MAX, KEYED_FLYING_MAX },
	[DB_READ] = { 1, READ_FLYING_MAX },
	[DB_WRITE] = { 1, WRITE_FLYING_MAX },
	[DB_GROUPED] = { GROUPED_SHARE_MAX, GROUPED_FLYING_MAX },
};

static bool lane_is_ready(const struct db *db, int lane)
{
	for (int i = 0; i < db->conn_count; i++)
		if (db->conns[i].role == lane &&
		    db->conns[i].state == CONN_READY)
			return true;
	return false;
}

bool db_is_ready(const struct db *db)
{
	for (int lane = 0; lane < DB_LANES; lane++)
		if (!lane_is_ready(db, lane))
			return false;
	return true;
}

bool db_is_full(const struct db *db)
{
	int waiting = db->turns_waiting.count + db->fallen.count;

	for (int lane = 0; lane < DB_LANES; lane++)
		waiting += db->waiting[lane].count;
	return waiting >= db->queue_max;
}

struct conn *db_idlest(struct db *db, enum db_lane lane)
{
	struct conn *best = NULL;

	for (int i = 0; i < db->conn_count; i++) {
		struct conn *c = &db->conns[i];

		if (c->role != (int)lane || c->state != CONN_READY ||
		    c->turn || c->is_worn || c->is_lost ||
		    c->flying.count >= lanes[lane].flying_max)
			continue;
		if (!best || c->flying.count < best->flying.count)
			best = c;
	}
	return best;
}

/* How many from the head may share the next sync. */
static int share_of(const struct question_list *list, int most)
{
	const struct question *q = TAILQ_FIRST(&list->queue);
	int count = 0;

	if (q->is_alone)
		return 1;
	for (; q && !q->is_alone && count < most; count++)
		q = TAILQ_NEXT(q, link);
	return count;
}

static void lane_pump(struct db *db, enum db_lane lane)
{
	struct question_list *list = &db->waiting[lane];
	struct conn *c;

	while (list->count && (c = db_idlest(db, lane)) != NULL)
		for (int n = share_of(list, lanes[lane].share_max);
		     n > 0 && !c->is_lost; n--)
			pipe_put(c, TAILQ_FIRST(&list->queue), n == 1);
}

static void on_turn_end(evutil_socket_t fd, short what, void *arg)
{
	struct db *db = arg;

	(void)fd;
	(void)what;
	must(db->magic == DB_MAGIC);
	db->is_turn_end_due = false;
	questions_tell_refused(db);
	turns_serve(db);
	for (int lane = 0; lane < DB_LANES; lane++)
		lane_pump(db, (enum db_lane)lane);
	for (int i = 0; i < db->conn_count; i++)
		conn_check(&db->conns[i]);
}

void db_wake(struct db *db)
{
	if (db->is_turn_end_due)
		return;
	db->is_turn_end_due = true;
	event_active(db->turn_end, 0, 1);
}

void lane_rise(struct db *db, int lane)
{
	struct question *q, *before;

	for (q = TAILQ_LAST(&db->fallen.queue, question_queue); q; q = before) {
		before = TAILQ_PREV(q, question_queue, link);
		if ((int)q->lane == lane)
			question_move_first(q, q->turn ? &db->turns_waiting :
							 &db->waiting[lane]);
	}
}

static void fallen_expire(struct db *db, int64_t before_ms)
{
	struct question *q;

	while ((q = TAILQ_FIRST(&db->fallen.queue)) != NULL &&
	       q->since_ms < before_ms)
		question_expire(q);
}

/* Where no connection serves a lane, its questions do not wait for long. */
static void lane_expire(struct db *db, int lane, int64_t before_ms)
{
	struct question *q;

	if (lane_is_ready(db, lane))
		return;
	while ((q = TAILQ_FIRST(&db->waiting[lane].queue)) != NULL &&
	       q->since_ms < before_ms)
		question_fail_as(q, FAULT_NO_DATABASE);
	while (lane == DB_WRITE &&
	       (q = TAILQ_FIRST(&db->turns_waiting.queue)) != NULL &&
	       q->since_ms < before_ms)
		question_expire(q);
}

static void on_tick(evutil_socket_t fd, short what, void *arg)
{
	struct db *db = arg;
	int64_t now_ms = clock_ms();

	(void)fd;
	(void)what;
	must(db->magic == DB_MAGIC);
	fallen_expire(db, now_ms - WAIT_MS);
	for (int lane = 0; lane < DB_LANES; lane++)
		lane_expire(db, lane, now_ms - WAIT_MS);
	for (int i = 0; i < db->conn_count; i++) {
		struct conn *c = &db->conns[i];

		if (c->flying.count && now_ms - c->heard_ms > SILENT_MS)
			c->is_lost = true;
		conn_check(c);
	}
}

static void conns_open(struct db *db, const struct db_options *options)
{
	const int wanted[DB_LANES] = {
		[DB_KEYED] = 1, [DB_READ] = options->read_connections,
		[DB_WRITE] = options->write_connections, [DB_GROUPED] = 1,
	};
	int room = 1;	/* for the one that listens */

	for (int lane = 0; lane < DB_LANES; lane++)
		room += wanted[lane];
	db->conns = mem_zeroed((size_t)room, sizeof(struct conn));
	db->write_count = options->write_connections;
	for (int lane = 0; lane < DB_LANES; lane++)
		for (int i = 0; i < wanted[lane]; i++)
			conn_open(&db->conns[db->conn_count++], db, lane);
}

static void url_open(struct db *db, const char *url)
{
	char settings[200];

	snprintf(settings, sizeof(settings),
		 "-c statement_timeout=%d -c lock_timeout=%d "
		 "-c idle_in_transaction_session_timeout=%d",
		 STATEMENT_MS, LOCK_MS, IDLE_IN_TURN_MS);
	db->url_text = mem_text(url);
	db_url_open(&db->url, db->url_text, "duikou-server", settings);
}

struct db *db_open(struct event_base *base, const struct db_options *options)
{
	const struct timeval tick = { .tv_usec = TICK_MS * 1000 };
	struct db *db = mem_new(struct db);

	must(options->read_connections > 0 && options->write_connections > 0);
	must(options->queue_max > 0);
	db->magic = DB_MAGIC;
	db->base = base;
	db->queue_max = options->queue_max;
	db->is_ungrouped = options->is_ungrouped;
	db->statements = options->statements ? options->statements : sql_texts;
	db->statement_count = options->statements ? options->statement_count :
						    (int)SQL_COUNT;
	list_init(&db->spare);
	list_init(&db->refused);
	list_init(&db->fallen);
	list_init(&db->turns_waiting);
	for (int lane = 0; lane < DB_LANES; lane++)
		list_init(&db->waiting[lane]);
	TAILQ_INIT(&db->turns);
	url_open(db, options->url);
	db->hosts = db_hosts_open(base, &db->url, conns_found, db);
	db->turn_end = event_new(base, -1, 0, on_turn_end, db);
	db->tick = event_new(base, -1, EV_PERSIST, on_tick, db);
	must(db->turn_end && db->tick && event_add(db->tick, &tick) == 0);
	conns_open(db, options);
	return db;
}

void db_ask(struct db *db, const struct db_question *question,
	    struct awaited *awaited)
{
	struct question *q;

	must(db->magic == DB_MAGIC);
	must((int)question->lane >= 0 && (int)question->lane < DB_LANES);
	q = question_new(db, question, awaited);
	if (db->is_ungrouped && q->lane == DB_GROUPED)
		q->lane = DB_WRITE;
	db->counts.asked++;
	if (db->is_closing)
		question_refuse(q, FAULT_NO_DATABASE);
	else if (db_is_full(db))
		question_refuse(q, FAULT_BUSY);
	else
		question_move(q, &db->waiting[q->lane]);
	db_wake(db);
}

static void fail_waiting(struct db *db)
{
	struct question *q;

	fallen_expire(db, INT64_MAX);
	for (int lane = 0; lane < DB_LANES; lane++)
		while ((q = TAILQ_FIRST(&db->waiting[lane].queue)) != NULL)
			question_fail_as(q, FAULT_NO_DATABASE);
	while ((q = TAILQ_FIRST(&db->turns_waiting.queue)) != NULL)
		question_expire(q);
}

void db_close(struct db *db)
{
	must(db->magic == DB_MAGIC && !db->is_closing);
	db->is_closing = true;
	fail_waiting(db);
	for (int i = 0; i < db->conn_count; i++)
		conn_close(&db->conns[i]);
	while (db->refused.count)
		questions_tell_refused(db);
	turns_close(db);
	questions_free(&db->spare);
	for (int i = 0; i < db->channel_count; i++)
		mem_free(db->channels[i].name);
	event_free(db->turn_end);
	event_free(db->tick);
	db_hosts_close(db->hosts);
	db_url_close(&db->url);
	mem_free(db->url_text);
	mem_free(db->conns);
	db->magic = 0;
	mem_free(db);
}

struct db_counts db_counts(const struct db *db)
{
	struct db_counts counts = db->counts;

	counts.waiting = db->turns_waiting.count + db->fallen.count;
	for (int lane = 0; lane < DB_LANES; lane++)
		counts.waiting += db->waiting[lane].count;
	for (int i = 0; i < db->conn_count; i++)
		counts.in_flight += db->conns[i].flying.count;
	return counts;
}
