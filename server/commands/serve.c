/*
 * serve.c - the API: event loops, each with its own listener, database
 * connections and memory of tokens; the first one also hears the signals.
 * SIGTERM drains: no new connections, what was admitted is finished, then the
 * loops are taken apart in the reverse of the order they were built in.
 */
#include <errno.h>
#include <event2/event.h>
#include <event2/thread.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/log.h"
#include "base/mem.h"
#include "commands/command.h"
#include "flow/cors.h"
#include "flow/explainer.h"
#include "flow/gate.h"
#include "flow/limiter.h"
#include "flow/live.h"
#include "flow/loop.h"
#include "flow/metrics.h"
#include "flow/oidc.h"
#include "flow/pool.h"
#include "flow/rates.h"
#include "flow/revocations.h"
#include "flow/router.h"
#include "flow/tokens.h"
#include "wire/call.h"
#include "wire/gzip.h"

enum { PUBLISH_MS = 100, ADDRESS_BYTES = 256 };

struct runner {
	struct loop loop;
	pthread_t thread;
	int bell;		/* eventfd: time to drain */
	struct event *on_bell, *publish, *too_long;
	bool is_draining, is_drained;
};

struct serving {
	struct service service;
	struct runner *runners;
	struct event *on_term, *on_int;
	char address[ADDRESS_BYTES];	/* with the port once it is known */
};

static struct timeval ms_of(int64_t ms)
{
	return (struct timeval){ ms / 1000, ms % 1000 * 1000 };
}

static void on_drained(void *arg)
{
	struct runner *r = CONTAINER_OF(arg, struct runner, loop);

	r->is_drained = true;
	event_base_loopbreak(r->loop.base);
}

static void on_bell(evutil_socket_t fd, short what, void *arg)
{
	struct runner *r = arg;
	struct timeval wait = ms_of(r->loop.service->config->drain_deadline_ms);
	eventfd_t count;

	(void)what;
	(void)eventfd_read(fd, &count);
	if (r->is_draining)
		return;
	r->is_draining = true;
	event_add(r->too_long, &wait);
	http_server_drain(r->loop.http);
}

static void on_too_long(evutil_socket_t fd, short what, void *arg)
{
	struct runner *r = arg;

	(void)fd;
	(void)what;
	event_base_loopbreak(r->loop.base);
}

static void on_publish(evutil_socket_t fd, short what, void *arg)
{
	struct runner *r = arg;

	(void)fd;
	(void)what;
	metrics_publish(&r->loop);
}

static void on_signal(evutil_socket_t number, short what, void *arg)
{
	struct serving *s = arg;

	(void)what;
	log_line(LOG_INFO, "draining", "signal=%d", (int)number);
	for (int i = 0; i < s->service.loop_count; i++)
		must(eventfd_write(s->runners[i].bell, 1) == 0);
}

/* ---- building ---- */

static size_t body_max_bytes(void)
{
	size_t most = 1024 * 1024;

	for (size_t i = 0; i < endpoints_count; i++)
		if (endpoints_all[i]->body_max_bytes > most)
			most = endpoints_all[i]->body_max_bytes;
	return most;
}

static bool open_http(struct serving *s, struct runner *r)
{
	const struct config *config = s->service.config;
	struct http_options options = http_options_default;
	struct http_callbacks callbacks = gate_callbacks;

	options.address = s->address;
	options.is_shared_port = s->service.loop_count > 1;
	options.connections_max = (unsigned)config->connections_max;
	options.head_timeout_ms = (unsigned)config->head_deadline_ms;
	options.idle_timeout_ms = (unsigned)config->idle_deadline_ms;
	options.body_max_bytes = body_max_bytes();
	callbacks.drained = on_drained;
	r->loop.http = http_server_open(r->loop.base, &options, &callbacks,
					&r->loop);
	if (!r->loop.http) {
		fprintf(stderr, "serve: cannot listen on %s: %s\n", s->address,
			strerror(errno));
		return false;
	}
	/* Port 0 is any: the other loops share what the first one got. */
	if (r->loop.number == 0) {
		char *colon = strrchr(s->address, ':');

		snprintf(colon + 1,
			 (size_t)(s->address + ADDRESS_BYTES - colon - 1),
			 "%u", http_server_port(r->loop.http));
	}
	return true;
}

static void open_parts(struct serving *s, struct runner *r)
{
	const struct config *config = s->service.config;
	const struct db_options db = {
		.url = config->database_url,
		.read_connections = (int)config->read_connections,
		.write_connections = (int)config->write_connections,
		.queue_max = (int)config->queue_max,
		.is_ungrouped = !config->group_writes,
	};

	r->loop.db = db_open(r->loop.base, &db);
	must(r->loop.db);
	r->loop.tokens = tokens_open(r->loop.db, s->service.revocations);
	r->loop.port = pool_port_open(r->loop.base);
	r->loop.metrics = metrics_open(endpoints_count);
	r->loop.gzip = gzip_open();
	r->loop.flows = flows_open(&r->loop);
}

static bool open_runner(struct serving *s, int number)
{
	struct runner *r = &s->runners[number];
	struct timeval often = ms_of(PUBLISH_MS);

	s->service.loops[number] = &r->loop;
	r->loop.service = &s->service;
	r->loop.number = number;
	r->loop.base = event_base_new();
	r->bell = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
	must(r->loop.base && r->bell >= 0);
	open_parts(s, r);
	r->on_bell = event_new(r->loop.base, r->bell, EV_READ | EV_PERSIST,
			       on_bell, r);
	r->too_long = event_new(r->loop.base, -1, 0, on_too_long, r);
	r->publish = event_new(r->loop.base, -1, EV_PERSIST, on_publish, r);
	must(r->on_bell && r->too_long && r->publish);
	must(event_add(r->on_bell, NULL) == 0);
	must(event_add(r->publish, &often) == 0);
	return open_http(s, r);
}

static void open_service(struct serving *s, const struct config *config)
{
	s->service.config = config;
	s->service.loop_count = (int)config->loops;
	s->service.loops = mem_zeroed((size_t)config->loops,
				      sizeof(s->service.loops[0]));
	s->service.router = router_open(endpoints_all, endpoints_count);
	s->service.pool = pool_open((int)config->pool_threads,
				    (int)config->pool_queue_max);
	s->service.outside = pool_open((int)config->outside_threads,
				       (int)config->pool_queue_max);
	s->service.oidc = oidc_open(config);
	s->service.explaining = pool_open(1, (int)config->pool_queue_max);
	s->service.explainer = explainer_open(config);
	s->service.limiter = limiter_open(config->sign_in_window_s * 1000);
	s->service.rates = rates_open(config);
	s->service.revocations = revocations_open();
	s->service.live = live_open(config);
	s->runners = mem_zeroed((size_t)config->loops, sizeof(s->runners[0]));
	snprintf(s->address, sizeof(s->address), "%s", config->listen);
}

static void hear_signals(struct serving *s)
{
	struct event_base *base = s->runners[0].loop.base;

	s->on_term = evsignal_new(base, SIGTERM, on_signal, s);
	s->on_int = evsignal_new(base, SIGINT, on_signal, s);
	must(s->on_term && event_add(s->on_term, NULL) == 0);
	must(s->on_int && event_add(s->on_int, NULL) == 0);
}

/* ---- taking apart: the loops stand still ---- */

static void free_event(struct event *event)
{
	if (event)
		event_free(event);
}

static void close_runner(struct runner *r)
{
	if (!r->loop.base)
		return;
	if (r->loop.http)
		http_server_close(r->loop.http);
	flows_close(r->loop.flows);
	db_close(r->loop.db);
	tokens_close(r->loop.tokens);
	pool_port_close(r->loop.port);
	metrics_close(r->loop.metrics);
	gzip_close(r->loop.gzip);
	buf_close(&r->loop.scratch);
	free_event(r->on_bell);
	free_event(r->publish);
	free_event(r->too_long);
	event_base_free(r->loop.base);
	(void)close(r->bell);
}

static void close_serving(struct serving *s)
{
	pool_close(s->service.pool);
	pool_close(s->service.outside);
	pool_close(s->service.explaining);
	explainer_close(s->service.explainer);
	free_event(s->on_term);
	free_event(s->on_int);
	for (int i = 0; i < s->service.loop_count; i++)
		close_runner(&s->runners[i]);
	live_close(s->service.live);
	revocations_close(s->service.revocations);
	limiter_close(s->service.limiter);
	rates_close(s->service.rates);
	oidc_close(s->service.oidc);
	router_close(s->service.router);
	mem_free(s->service.loops);
	mem_free(s->runners);
	libevent_global_shutdown();
}

/* ---- running ---- */

static void *turn(void *arg)
{
	struct runner *r = arg;

	event_base_dispatch(r->loop.base);
	return NULL;
}

static void run(struct serving *s)
{
	int count = s->service.loop_count, left = 0;

	hear_signals(s);
	for (int i = 1; i < count; i++)
		must(pthread_create(&s->runners[i].thread, NULL, turn,
				    &s->runners[i]) == 0);
	log_line(LOG_INFO, "listening", "address=%s loops=%d version=%s",
		 s->address, count, DUIKOU_VERSION);
	turn(&s->runners[0]);
	for (int i = 1; i < count; i++)
		pthread_join(s->runners[i].thread, NULL);
	for (int i = 0; i < count; i++)
		left += !s->runners[i].is_drained;
	log_line(LOG_INFO, "stopped", "loops_not_drained=%d", left);
}

static bool addresses_are_sound(const struct config *config)
{
	const char *flaw = NULL;

	if (!cors_is_sound(config->cors_origins))
		flaw = "DUIKOU_CORS_ORIGINS is neither * nor "
		       "https://host[:port],...";
	else if (*config->public_url && !cors_is_origin(config->public_url))
		flaw = "DUIKOU_PUBLIC_URL is not https://host[:port]";
	if (flaw)
		fprintf(stderr, "serve: %s\n", flaw);
	return !flaw;
}

int serve_run(const struct config *config, char **arguments)
{
	struct serving s = { .on_term = NULL };
	bool is_open = true;

	(void)arguments;
	must(signal(SIGPIPE, SIG_IGN) != SIG_ERR);
	must(evthread_use_pthreads() == 0);
	if (*config->seal_keys &&
	    !crypto_ring_parse(config->seal_keys, &s.service.seals)) {
		fprintf(stderr, "serve: DUIKOU_SEAL_KEYS is not ID:SECRET,... "
				"with secrets of 32 bytes in base64url\n");
		return EXIT_FAILURE;
	}
	if (!addresses_are_sound(config))
		return EXIT_FAILURE;
	if (!call_open()) {
		fprintf(stderr, "serve: libcurl cannot be begun\n");
		return EXIT_FAILURE;
	}
	open_service(&s, config);
	for (int i = 0; i < s.service.loop_count && is_open; i++)
		is_open = open_runner(&s, i);
	if (is_open)
		run(&s);
	close_serving(&s);
	return is_open ? EXIT_SUCCESS : EXIT_FAILURE;
}
