/*
 * A server on flow/http.h alone, for the tests of it:
 *
 * ANY  /later/MS     the echo, MS milliseconds later
 * GET  /large/BYTES  so many letters
 * GET  /stream/N     N parts of 10,000 letters, in chunks
 * GET  /cut/N        the same, but not to its end
 * GET  /counters     the counters, one "name value" a line
 * POST /big...       bodies up to 8 MiB; elsewhere 64 KiB
 * POST /unwanted     404 before the body is read
 * ANY  else          "METHOD PATH [QUERY] COUNT\n" and the body
 *
 * Options are name=value pairs; the port is the first line of output; SIGTERM
 * drains.
 */
#include <event2/event.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/queue.h>

#include "base/buf.h"
#include "base/mem.h"
#include "flow/http.h"

struct echo {
	struct event_base *base;
	struct http_server *server;
	struct buf text;
};

struct later {
	struct echo *echo;
	struct http_exchange *exchange;
	struct event *timer;
};

static const struct http_header plain = {"Content-Type", "text/plain"};

static void answer(struct http_exchange *exchange, int status,
		   const struct buf *text)
{
	struct http_reply reply = {
		.status = status,
		.headers = &plain,
		.header_count = 1,
		.body = text->at,
		.body_bytes = text->used,
	};

	http_reply(exchange, &reply);
}

static void answer_echo(struct echo *echo, struct http_exchange *exchange)
{
	const struct http_head *head = exchange->head;
	struct buf *text = &echo->text;

	buf_clear(text);
	buf_bytes(text, head->method.at, head->method.count);
	buf_byte(text, ' ');
	buf_bytes(text, head->path.at, head->path.count);
	if (head->has_query) {
		buf_byte(text, ' ');
		buf_bytes(text, head->query.at, head->query.count);
	}
	buf_print(text, " %zu\n", exchange->body_bytes);
	buf_bytes(text, exchange->body, exchange->body_bytes);
	answer(exchange, 200, text);
}

static void on_later(evutil_socket_t fd, short what, void *arg)
{
	struct later *later = arg;
	struct http_exchange *exchange = later->exchange;
	struct echo *echo = later->echo;

	(void)fd;
	(void)what;
	event_free(later->timer);
	mem_free(later);
	answer_echo(echo, exchange);
}

static void answer_later(struct echo *echo, struct http_exchange *exchange,
			 unsigned ms)
{
	struct later *later = mem_new(struct later);
	struct timeval wait = {ms / 1000, ms % 1000 * 1000};

	later->echo = echo;
	later->exchange = exchange;
	later->timer = event_new(echo->base, -1, 0, on_later, later);
	event_add(later->timer, &wait);
	exchange->owner = later;
}

static void answer_large(struct echo *echo, struct http_exchange *exchange,
			 size_t bytes)
{
	struct buf *text = &echo->text;

	buf_clear(text);
	memset(buf_room(text, bytes), 'x', bytes);
	text->used = bytes;
	answer(exchange, 200, text);
}

struct stream {
	bool is_cut;
	unsigned long left;
};

static void send_part(struct echo *echo, struct http_exchange *exchange)
{
	struct stream *stream = exchange->owner;
	struct buf *text = &echo->text;
	bool is_whole = !stream->is_cut;

	if (stream->left == 0) {
		mem_free(stream);
		http_stream_end(exchange, is_whole);
		return;
	}
	stream->left--;
	buf_clear(text);
	memset(buf_room(text, 10000), 'x', 10000);
	http_stream_add(exchange, text->at, 10000);
}

static void on_clear(void *arg, struct http_exchange *exchange)
{
	send_part(arg, exchange);
}

static void begin_stream(struct http_exchange *exchange, unsigned long parts,
			 bool is_cut)
{
	const struct http_reply reply = {
		.status = 200, .headers = &plain, .header_count = 1,
	};
	struct stream *stream = mem_new(struct stream);
	bool is_head = http_span_is(exchange->head->method, "HEAD");

	stream->is_cut = is_cut;
	stream->left = is_head ? 0 : parts;
	exchange->owner = stream;
	http_stream_begin(exchange, &reply);
}

static void answer_counters(struct echo *echo, struct http_exchange *exchange)
{
	const struct http_counters *c = http_server_counters(echo->server);
	struct buf *text = &echo->text;

	buf_clear(text);
	buf_print(text, "accepted %" PRIu64 "\nopen %" PRIu64 "\n", c->accepted,
		  c->open);
	buf_print(text, "requests %" PRIu64 "\nreplies %" PRIu64 "\n",
		  c->requests, c->replies);
	buf_print(text, "gone %" PRIu64 "\nidle-timeouts %" PRIu64 "\n",
		  c->gone, c->idle_timeouts);
	buf_print(text, "write-timeouts %" PRIu64 "\n", c->write_timeouts);
	for (int i = HTTP_SOUND + 1; i < HTTP_FLAW_COUNT; i++)
		buf_print(text, "%s %" PRIu64 "\n",
			  http_flaw_word((enum http_flaw)i), c->refused[i]);
	answer(exchange, 200, text);
}

/* The number behind a prefix of the path. */
static bool path_number(const struct http_head *head, const char *prefix,
			unsigned long *number)
{
	size_t count = strlen(prefix);

	if (head->path.count <= count ||
	    memcmp(head->path.at, prefix, count) != 0)
		return false;
	*number = strtoul(head->path.at + count, NULL, 10);
	return true;
}

static void on_request(void *arg, struct http_exchange *exchange)
{
	unsigned long number;

	if (path_number(exchange->head, "/later/", &number))
		answer_later(arg, exchange, (unsigned)number);
	else if (path_number(exchange->head, "/large/", &number))
		answer_large(arg, exchange, number);
	else if (path_number(exchange->head, "/stream/", &number))
		begin_stream(exchange, number, false);
	else if (path_number(exchange->head, "/cut/", &number))
		begin_stream(exchange, number, true);
	else if (http_span_is(exchange->head->path, "/counters"))
		answer_counters(arg, exchange);
	else
		answer_echo(arg, exchange);
}

static size_t on_body_limit(void *arg, struct http_exchange *exchange)
{
	static const struct buf none;
	struct http_span path = exchange->head->path;

	(void)arg;
	if (http_span_is(path, "/unwanted"))
		answer(exchange, 404, &none);
	if (path.count >= 4 && memcmp(path.at, "/big", 4) == 0)
		return 8 << 20;
	return 64 << 10;
}

static void on_gone(void *arg, struct http_exchange *exchange)
{
	struct later *later = exchange->owner;
	unsigned long number;

	(void)arg;
	if (path_number(exchange->head, "/later/", &number))
		event_free(later->timer);
	mem_free(exchange->owner);
}

static void on_refuse(void *arg, struct http_exchange *exchange,
		      enum http_flaw flaw)
{
	struct echo *echo = arg;

	buf_clear(&echo->text);
	buf_print(&echo->text, "flaw %s", http_flaw_word(flaw));
	answer(exchange, http_flaw_status(flaw), &echo->text);
}

static void on_drained(void *arg)
{
	struct echo *echo = arg;

	event_base_loopbreak(echo->base);
}

static void on_sigterm(evutil_socket_t fd, short what, void *arg)
{
	struct echo *echo = arg;

	(void)fd;
	(void)what;
	http_server_drain(echo->server);
}

static bool set_option(struct http_options *options, const char *argument)
{
	const struct {
		const char *name;
		unsigned *value;
	} known[] = {
		{"connections=", &options->connections_max},
		{"per_address=", &options->connections_per_address_max},
		{"head_ms=", &options->head_timeout_ms},
		{"idle_ms=", &options->idle_timeout_ms},
		{"body_ms=", &options->body_timeout_ms},
		{"write_ms=", &options->write_timeout_ms},
		{"linger_ms=", &options->linger_timeout_ms},
		{"tick_ms=", &options->tick_ms},
	};

	if (strncmp(argument, "address=", 8) == 0) {
		options->address = argument + 8;
		return true;
	}
	for (size_t i = 0; i < COUNT_OF(known); i++) {
		size_t count = strlen(known[i].name);

		if (strncmp(argument, known[i].name, count) != 0)
			continue;
		*known[i].value = (unsigned)strtoul(argument + count, NULL, 10);
		return true;
	}
	return false;
}

static int serve(const struct http_options *options)
{
	static const struct http_callbacks callbacks = {
		.body_limit = on_body_limit,
		.request = on_request,
		.gone = on_gone,
		.clear = on_clear,
		.refuse = on_refuse,
		.drained = on_drained,
	};
	struct echo echo = {.base = event_base_new()};
	struct event *sigterm;

	echo.server = http_server_open(echo.base, options, &callbacks, &echo);
	if (!echo.server) {
		perror(options->address);
		event_base_free(echo.base);
		return 1;
	}
	sigterm = evsignal_new(echo.base, SIGTERM, on_sigterm, &echo);
	event_add(sigterm, NULL);
	printf("%u\n", http_server_port(echo.server));
	fflush(stdout);
	event_base_dispatch(echo.base);
	http_server_close(echo.server);
	event_free(sigterm);
	event_base_free(echo.base);
	buf_close(&echo.text);
	return 0;
}

int main(int argc, char **argv)
{
	struct http_options options = http_options_default;

	options.address = "127.0.0.1:0";
	for (int i = 1; i < argc; i++) {
		if (!set_option(&options, argv[i])) {
			fprintf(stderr, "unknown option: %s\n", argv[i]);
			return 2;
		}
	}
	signal(SIGPIPE, SIG_IGN);
	return serve(&options);
}
