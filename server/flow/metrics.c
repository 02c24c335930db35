/*
 * metrics.c - counters of requests, and gauges copied from the loop's parts.
 * Each number has one writer, so an addition is a load and a store.
 */
#include "flow/metrics.h"

#include <inttypes.h>
#include <stdatomic.h>
#include <stdbool.h>

#include "base/mem.h"
#include "flow/endpoint.h"
#include "flow/http.h"
#include "flow/live.h"
#include "flow/loop.h"
#include "flow/pool.h"
#include "flow/tokens.h"
#include "wire/db.h"

enum { CLASS_COUNT = 5, CLASS_FIRST = 2, STATUS_GONE = 499 };

typedef _Atomic uint64_t number;

struct operation {
	number replies[CLASS_COUNT];	/* 2xx, 3xx, 4xx, 5xx, gone */
	number duration_us;
};

static const char *const classes[CLASS_COUNT] = { "2xx", "3xx", "4xx", "5xx",
						  "gone" };

#define GAUGES(X)                                                              \
	X(http_accepted, "counter", "HTTP connections accepted")               \
	X(http_open, "gauge", "HTTP connections open")                         \
	X(http_requests, "counter", "requests read whole")                     \
	X(http_refused, "counter", "requests refused by the HTTP layer")       \
	X(http_timeouts, "counter", "connections closed for idling or not "    \
				    "reading")                                 \
	X(db_asked, "counter", "statements asked of PostgreSQL")               \
	X(db_failed, "counter", "statements that failed")                      \
	X(db_reconnects, "counter", "connections to PostgreSQL made again")    \
	X(db_waiting, "gauge", "statements that wait for a connection")        \
	X(db_in_flight, "gauge", "statements on their way")                    \
	X(db_ready_loops, "gauge", "event loops whose database is ready")      \
	X(tokens_found, "counter", "tokens known by heart")                    \
	X(tokens_missed, "counter", "tokens asked of the database")

enum gauge {
#define X(name, kind, help) GAUGE_##name,
	GAUGES(X)
#undef X
	GAUGE_COUNT
};

struct metrics {
	size_t operation_count;
	number gauges[GAUGE_COUNT];
	struct operation operations[];
};

static uint64_t value_of(const number *n)
{
	return atomic_load_explicit(n, memory_order_relaxed);
}

static void set(number *n, uint64_t value)
{
	atomic_store_explicit(n, value, memory_order_relaxed);
}

struct metrics *metrics_open(size_t operations)
{
	struct metrics *m = mem_zeroed(
		1, sizeof(*m) +
		   (operations + 1) * sizeof(m->operations[0]));

	m->operation_count = operations + 1;
	return m;
}

void metrics_close(struct metrics *m)
{
	mem_free(m);
}

void metrics_count(struct metrics *m, size_t operation, int status,
		   int64_t duration_us)
{
	int class = status == STATUS_GONE ? CLASS_COUNT - 1 :
					    status / 100 - CLASS_FIRST;
	struct operation *o;

	must(operation < m->operation_count);
	must(class >= 0 && class < CLASS_COUNT);
	o = &m->operations[operation];
	set(&o->replies[class], value_of(&o->replies[class]) + 1);
	set(&o->duration_us, value_of(&o->duration_us) +
			     (uint64_t)duration_us);
}

static void publish_http(struct metrics *m, const struct http_counters *c)
{
	uint64_t refused = 0;

	for (int i = 0; i < HTTP_FLAW_COUNT; i++)
		refused += c->refused[i];
	set(&m->gauges[GAUGE_http_accepted], c->accepted);
	set(&m->gauges[GAUGE_http_open], c->open);
	set(&m->gauges[GAUGE_http_requests], c->requests);
	set(&m->gauges[GAUGE_http_refused], refused);
	set(&m->gauges[GAUGE_http_timeouts],
	    c->idle_timeouts + c->write_timeouts);
}

void metrics_publish(struct loop *loop)
{
	struct metrics *m = loop->metrics;
	struct db_counts db = db_counts(loop->db);
	struct token_counts tokens = tokens_counts(loop->tokens);

	if (loop->http)
		publish_http(m, http_server_counters(loop->http));
	set(&m->gauges[GAUGE_db_asked], (uint64_t)db.asked);
	set(&m->gauges[GAUGE_db_failed], (uint64_t)db.failed);
	set(&m->gauges[GAUGE_db_reconnects], (uint64_t)db.reconnects);
	set(&m->gauges[GAUGE_db_waiting], (uint64_t)db.waiting);
	set(&m->gauges[GAUGE_db_in_flight], (uint64_t)db.in_flight);
	set(&m->gauges[GAUGE_db_ready_loops], db_is_ready(loop->db));
	set(&m->gauges[GAUGE_tokens_found], tokens.found);
	set(&m->gauges[GAUGE_tokens_missed], tokens.missed);
}

bool metrics_database_is_ready(const struct metrics *m)
{
	return value_of(&m->gauges[GAUGE_db_ready_loops]) != 0;
}

static void print_gauge(struct loop *const *loops, int loop_count,
			enum gauge gauge, struct buf *out)
{
	static const struct {
		const char *name, *kind, *help;
	} rows[] = {
#define X(name, kind, help) { #name, kind, help },
		GAUGES(X)
#undef X
	};
	uint64_t sum = 0;

	for (int i = 0; i < loop_count; i++)
		sum += value_of(&loops[i]->metrics->gauges[gauge]);
	buf_print(out, "# HELP duikou_%s %s\n# TYPE duikou_%s %s\n",
		  rows[gauge].name, rows[gauge].help, rows[gauge].name,
		  rows[gauge].kind);
	buf_print(out, "duikou_%s %" PRIu64 "\n", rows[gauge].name, sum);
}

static const char *operation_name(size_t i)
{
	return i < endpoints_count ? endpoints_all[i]->operation : "none";
}

static uint64_t sum_replies(struct loop *const *loops, int loop_count,
			    size_t operation, int class)
{
	uint64_t sum = 0;

	for (int i = 0; i < loop_count; i++)
		sum += value_of(&loops[i]->metrics->operations[operation]
					 .replies[class]);
	return sum;
}

static void print_requests(struct loop *const *loops, int loop_count,
			   struct buf *out)
{
	buf_text(out, "# HELP duikou_requests_total requests answered\n"
		      "# TYPE duikou_requests_total counter\n");
	for (size_t o = 0; o < loops[0]->metrics->operation_count; o++)
		for (int c = 0; c < CLASS_COUNT; c++) {
			uint64_t sum = sum_replies(loops, loop_count, o, c);

			if (!sum)
				continue;
			buf_print(out,
				  "duikou_requests_total{operation=\"%s\","
				  "class=\"%s\"} %" PRIu64 "\n",
				  operation_name(o), classes[c], sum);
		}
}

static void print_durations(struct loop *const *loops, int loop_count,
			    struct buf *out)
{
	buf_text(out, "# HELP duikou_request_seconds time from a whole "
		      "request to its reply\n"
		      "# TYPE duikou_request_seconds summary\n");
	for (size_t o = 0; o < loops[0]->metrics->operation_count; o++) {
		uint64_t count = 0, us = 0;

		for (int c = 0; c < CLASS_COUNT; c++)
			count += sum_replies(loops, loop_count, o, c);
		for (int i = 0; i < loop_count; i++)
			us += value_of(&loops[i]->metrics->operations[o]
						.duration_us);
		if (!count)
			continue;
		buf_print(out,
			  "duikou_request_seconds_sum{operation=\"%s\"} "
			  "%" PRIu64 ".%06" PRIu64 "\n",
			  operation_name(o), us / 1000000, us % 1000000);
		buf_print(out,
			  "duikou_request_seconds_count{operation=\"%s\"} "
			  "%" PRIu64 "\n", operation_name(o), count);
	}
}

static void print_live(struct live *live, struct buf *out)
{
	struct live_counts counts = live_counts(live);
	const struct {
		const char *name, *kind, *help;
		uint64_t value;
	} rows[] = {
		{ "live_position", "gauge", "the transaction below which all "
		  "changes are in the live index", counts.position },
		{ "live_behind_ms", "gauge", "time since the live index was "
		  "known to be current", counts.behind_ms },
		{ "live_changed", "counter", "changed things read into the "
		  "live index", counts.changed },
		{ "live_rebuilt", "counter", "times the live index was read "
		  "anew", counts.rebuilt },
		{ "live_postings", "gauge", "open postings in the live index",
		  counts.postings },
		{ "live_students", "gauge", "students in the live index",
		  counts.students },
		{ "live_bytes", "gauge", "memory of the live index",
		  counts.bytes },
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++)
		buf_print(out, "# HELP duikou_%s %s\n# TYPE duikou_%s %s\n"
			  "duikou_%s %" PRIu64 "\n", rows[i].name,
			  rows[i].help, rows[i].name, rows[i].kind,
			  rows[i].name, rows[i].value);
}

void metrics_print(struct loop *const *loops, int loop_count, struct buf *out)
{
	print_requests(loops, loop_count, out);
	print_durations(loops, loop_count, out);
	for (int g = 0; g < GAUGE_COUNT; g++)
		print_gauge(loops, loop_count, (enum gauge)g, out);
	buf_print(out,
		  "# HELP duikou_pool_waiting jobs that wait for a thread\n"
		  "# TYPE duikou_pool_waiting gauge\n"
		  "duikou_pool_waiting %d\n",
		  pool_waiting(loops[0]->service->pool));
	print_live(loops[0]->service->live, out);
}
