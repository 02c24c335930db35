/*
 * The server of one event loop: it accepts, looks at the deadlines of its
 * connections a few times a second, and drains. The embedder owns the loop.
 */
#include "flow/http.h"

#include <errno.h>
#include <event2/event.h>
#include <event2/listener.h>
#include <netdb.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/base.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "flow/http_conn.h"

enum {
	/* Beyond its limit, so many are told so before they are closed. */
	REFUSED_CONNECTIONS_MAX = 64,
};

const struct http_options http_options_default = {
	.address = "127.0.0.1:8080",
	.backlog_count = 1024,
	.connections_max = 10000,
	.head_timeout_ms = 10000,
	.idle_timeout_ms = 15000,
	.body_timeout_ms = 10000,
	.body_rate_bytes_per_s = 1024,
	.write_timeout_ms = 30000,
	.write_rate_bytes_per_s = 1024,
	.linger_timeout_ms = 2000,
	.tick_ms = 250,
	.body_max_bytes = 64 << 20,
	.output_max_bytes = 64 << 10,
};

static void write_date(struct http_server *server)
{
	time_t now_s = (time_t)(clock_wall_ms() / 1000);
	struct tm tm;

	if (now_s == server->date_s)
		return;
	server->date_s = now_s;
	gmtime_r(&now_s, &tm);
	/* RFC 9110 5.6.7; the program stays in the C locale. */
	strftime(server->date, sizeof(server->date),
		 "%a, %d %b %Y %H:%M:%S GMT", &tm);
}

/* Is there room for a connection from there? */
static enum http_flaw check_room(struct http_server *server,
				 const struct sockaddr *address)
{
	const struct http_options *options = &server->options;

	if (server->counters.open >= options->connections_max)
		return HTTP_FLAW_TOO_MANY_CONNECTIONS;
	if (options->connections_per_address_max != 0 &&
	    http_peers_count(&server->peers, address) >=
		    options->connections_per_address_max)
		return HTTP_FLAW_TOO_MANY_FROM_ADDRESS;
	return HTTP_SOUND;
}

static void take_socket(struct http_server *server, int fd,
			const struct sockaddr *address)
{
	enum http_flaw flaw = check_room(server, address);

	server->counters.accepted++;
	if (server->counters.open >=
	    server->options.connections_max + REFUSED_CONNECTIONS_MAX) {
		server->counters.refused[flaw]++;
		close(fd);
		return;
	}
	http_conn_open(server, fd, address, flaw);
}

static void on_accept(struct evconnlistener *listener, evutil_socket_t fd,
		      struct sockaddr *address, int address_bytes, void *arg)
{
	(void)listener;
	(void)address_bytes;
	take_socket(arg, fd, address);
}

/* Out of descriptors: to try on at once would spin, so rest for a tick. */
static void on_accept_failure(struct evconnlistener *listener, void *arg)
{
	struct http_server *server = arg;

	log_line(LOG_ERROR, "accept failed", "errno=%d", errno);
	server->counters.accept_failures++;
	server->is_listener_resting = true;
	evconnlistener_disable(listener);
}

static void on_tick(evutil_socket_t fd, short what, void *arg)
{
	struct http_server *server = arg;
	int64_t now_ms = clock_ms();
	struct http_conn *conn;

	(void)fd;
	(void)what;
	must(server->magic == HTTP_SERVER_MAGIC);
	write_date(server);
	if (server->is_listener_resting && server->listener) {
		server->is_listener_resting = false;
		evconnlistener_enable(server->listener);
	}
	/* What closes meanwhile moves sweep_next on, if it was that. */
	for (conn = LIST_FIRST(&server->conns); conn;
	     conn = server->sweep_next) {
		server->sweep_next = LIST_NEXT(conn, link);
		http_conn_check_deadline(conn, now_ms);
	}
}

static void on_drained(evutil_socket_t fd, short what, void *arg)
{
	struct http_server *server = arg;

	(void)fd;
	(void)what;
	if (server->is_drained)
		return;
	server->is_drained = true;
	if (server->callbacks.drained)
		server->callbacks.drained(server->arg);
}

/* getaddrinfo takes 70000 for a port, and none at all for 0. */
static bool is_port(const char *text)
{
	size_t digit_count = strspn(text, "0123456789");

	return digit_count > 0 && digit_count <= 5 &&
	       text[digit_count] == '\0' && strtoul(text, NULL, 10) <= 65535;
}

/* "127.0.0.1:8080" or "[::]:8080": numbers only, no names to wait for. */
static struct addrinfo *parse_address(const char *text)
{
	struct addrinfo hints = {
		.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV,
		.ai_socktype = SOCK_STREAM,
	};
	const char *colon = strrchr(text, ':');
	struct addrinfo *found = NULL;
	bool is_bracketed;
	char *host;

	if (!colon || colon == text || !is_port(colon + 1))
		return NULL;
	is_bracketed = text[0] == '[' && colon[-1] == ']';
	host = mem_text(text + is_bracketed);
	host[colon - text - 2 * is_bracketed] = '\0';
	if (getaddrinfo(host, colon + 1, &hints, &found) != 0)
		found = NULL;
	mem_free(host);
	return found;
}

static bool listen_at(struct http_server *server)
{
	const struct http_options *options = &server->options;
	unsigned flags = LEV_OPT_CLOSE_ON_FREE | LEV_OPT_CLOSE_ON_EXEC |
			 LEV_OPT_REUSEABLE;
	struct addrinfo *address = parse_address(options->address);

	if (!address) {
		errno = EINVAL;
		return false;
	}
	if (options->is_shared_port)
		flags |= LEV_OPT_REUSEABLE_PORT;
	server->listener = evconnlistener_new_bind(
		server->base, on_accept, server, flags, options->backlog_count,
		address->ai_addr, (int)address->ai_addrlen);
	freeaddrinfo(address);
	if (!server->listener)
		return false;
	evconnlistener_set_error_cb(server->listener, on_accept_failure);
	return true;
}

struct http_server *http_server_open(struct event_base *base,
				     const struct http_options *options,
				     const struct http_callbacks *callbacks,
				     void *arg)
{
	struct http_server *server = mem_new(struct http_server);
	struct timeval tick = {options->tick_ms / 1000,
			       options->tick_ms % 1000 * 1000};

	must(callbacks->request && callbacks->body_limit);
	must(options->tick_ms > 0 && options->connections_max > 0);
	must(options->body_rate_bytes_per_s > 0);
	must(options->write_rate_bytes_per_s > 0);
	server->magic = HTTP_SERVER_MAGIC;
	server->base = base;
	server->options = *options;
	server->callbacks = *callbacks;
	server->arg = arg;
	if (!listen_at(server)) {
		mem_free(server);
		return NULL;
	}
	LIST_INIT(&server->conns);
	http_peers_init(&server->peers);
	write_date(server);
	server->tick = event_new(base, -1, EV_PERSIST, on_tick, server);
	server->drained = event_new(base, -1, 0, on_drained, server);
	must(server->tick && server->drained);
	event_add(server->tick, &tick);
	return server;
}

unsigned http_server_port(const struct http_server *server)
{
	struct sockaddr_storage address;
	socklen_t address_bytes = sizeof(address);

	must(server->listener != NULL);
	must(getsockname(evconnlistener_get_fd(server->listener),
			 (struct sockaddr *)&address, &address_bytes) == 0);
	if (address.ss_family == AF_INET6)
		return ntohs(((struct sockaddr_in6 *)&address)->sin6_port);
	return ntohs(((struct sockaddr_in *)&address)->sin_port);
}

const struct http_counters *http_server_counters(
	const struct http_server *server)
{
	return &server->counters;
}

/* Connections that the kernel has taken already would be reset. */
static void take_backlog(struct http_server *server)
{
	int listener_fd = evconnlistener_get_fd(server->listener);

	for (int i = 0; i < server->options.backlog_count; i++) {
		struct sockaddr_storage address;
		socklen_t address_bytes = sizeof(address);
		int fd = accept4(listener_fd, (struct sockaddr *)&address,
				 &address_bytes, SOCK_NONBLOCK | SOCK_CLOEXEC);

		if (fd < 0)
			return;
		take_socket(server, fd, (struct sockaddr *)&address);
	}
}

void http_server_drain(struct http_server *server)
{
	struct http_conn *conn;
	struct http_conn *next;

	must(server->magic == HTTP_SERVER_MAGIC);
	if (!server->listener)
		return;
	take_backlog(server);
	evconnlistener_free(server->listener);
	server->listener = NULL;
	for (conn = LIST_FIRST(&server->conns); conn; conn = next) {
		next = LIST_NEXT(conn, link);
		http_conn_drain(conn);
	}
	if (LIST_EMPTY(&server->conns))
		event_active(server->drained, EV_TIMEOUT, 0);
}

void http_server_close(struct http_server *server)
{
	must(server->magic == HTTP_SERVER_MAGIC);
	if (server->listener)
		evconnlistener_free(server->listener);
	server->listener = NULL;
	while (!LIST_EMPTY(&server->conns)) {
		struct http_conn *conn = LIST_FIRST(&server->conns);

		must(conn->entered_count == 0);
		http_conn_enter(conn);
		http_conn_doom(conn);
		http_conn_leave(conn);
	}
	event_free(server->tick);
	event_free(server->drained);
	buf_close(&server->reply_head);
	server->magic = 0;
	mem_free(server);
}
