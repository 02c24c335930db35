/*
 * A connection's life: accepted, one exchange after the other, closed in one
 * of several ways. Reading is in http_read.c, replying in http_reply.c.
 * Deadlines are absolute, and looked at by the server's tick.
 */
#include "flow/http_conn.h"

#include <arpa/inet.h>
#include <errno.h>
#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <event2/event.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include "base/base.h"
#include "base/clock.h"
#include "base/mem.h"

enum {
	CONN_MAGIC = 0x68636f6e,
	DRAIN_GRACE_MS = 1000,
	KEPT_BYTES = 4096, /* a warm buffer is kept up to that size */
};

static struct evbuffer *input_of(const struct http_conn *conn)
{
	return bufferevent_get_input(conn->bev);
}

static struct evbuffer *output_of(const struct http_conn *conn)
{
	return bufferevent_get_output(conn->bev);
}

size_t http_conn_waiting_bytes(const struct http_conn *conn)
{
	return evbuffer_get_length(output_of(conn));
}

size_t http_conn_unread_bytes(const struct http_conn *conn)
{
	return evbuffer_get_length(input_of(conn));
}

void http_conn_move(struct http_conn *conn, enum http_conn_state state)
{
	conn->state = state;
	conn->since_ms = clock_ms();
}

static void close_conn(struct http_conn *conn)
{
	struct http_server *server = conn->server;

	if (conn->state == CONN_BUSY) {
		server->counters.gone++;
		if (server->callbacks.gone)
			server->callbacks.gone(server->arg, &conn->exchange);
	}
	if (server->sweep_next == conn)
		server->sweep_next = LIST_NEXT(conn, link);
	LIST_REMOVE(conn, link);
	server->counters.open--;
	http_peers_remove(conn->peer);
	bufferevent_free(conn->bev);
	buf_close(&conn->head_copy);
	buf_close(&conn->body);
	conn->magic = 0;
	conn->exchange.magic = 0;
	mem_free(conn);
	if (!server->listener && LIST_EMPTY(&server->conns))
		event_active(server->drained, EV_TIMEOUT, 0);
}

void http_conn_enter(struct http_conn *conn)
{
	must(conn->magic == CONN_MAGIC);
	conn->entered_count++;
}

void http_conn_leave(struct http_conn *conn)
{
	must(conn->entered_count > 0);
	if (--conn->entered_count == 0 && conn->is_doomed)
		close_conn(conn);
}

void http_conn_doom(struct http_conn *conn)
{
	must(conn->entered_count > 0);
	conn->is_doomed = true;
}

/* All output is out, and it was the last. */
static void end_output(struct http_conn *conn)
{
	if (conn->has_peer_ended || conn->closes_at_once) {
		http_conn_doom(conn);
		return;
	}
	/* To close on unread input would reset away the reply just sent. */
	shutdown(conn->fd, SHUT_WR);
	http_conn_move(conn, CONN_LINGER);
	evbuffer_drain(input_of(conn), http_conn_unread_bytes(conn));
}

void http_conn_finish(struct http_conn *conn)
{
	http_conn_move(conn, CONN_FLUSH);
	if (http_conn_waiting_bytes(conn) == 0)
		end_output(conn);
}

static void queue_output(struct http_conn *conn, const struct iovec *part,
			 size_t skip_bytes)
{
	if (conn->write_pace.since_ms == 0) {
		conn->write_pace = (struct http_pace){clock_ms(), 0};
		conn->write_bytes = 0;
	}
	conn->write_bytes += part->iov_len - skip_bytes;
	must(evbuffer_add(output_of(conn),
			  (const char *)part->iov_base + skip_bytes,
			  part->iov_len - skip_bytes) == 0);
}

void http_conn_queue(struct http_conn *conn, const struct iovec *part)
{
	queue_output(conn, part, 0);
}

/* Write past the buffer while it is empty: one system call, no copy. */
static size_t send_now(struct http_conn *conn, const struct iovec *parts,
		       size_t part_count)
{
	struct msghdr message = {
		.msg_iov = (struct iovec *)parts,
		.msg_iovlen = part_count,
	};
	ssize_t sent = sendmsg(conn->fd, &message, MSG_NOSIGNAL | MSG_DONTWAIT);

	if (sent >= 0)
		return (size_t)sent;
	if (errno != EAGAIN && errno != EINTR)
		http_conn_doom(conn);
	return 0;
}

void http_conn_send(struct http_conn *conn, const struct iovec *parts,
		    size_t part_count)
{
	size_t sent = 0;

	/* With more input at hand, the next reply can share the write. */
	if (http_conn_waiting_bytes(conn) == 0 &&
	    (http_conn_unread_bytes(conn) == 0 || conn->state != CONN_BUSY))
		sent = send_now(conn, parts, part_count);
	for (size_t i = 0; i < part_count; i++) {
		if (sent >= parts[i].iov_len) {
			sent -= parts[i].iov_len;
			continue;
		}
		queue_output(conn, &parts[i], sent);
		sent = 0;
	}
}

void http_conn_refuse(struct http_conn *conn, enum http_flaw flaw)
{
	struct http_server *server = conn->server;
	struct http_reply bare = {.status = http_flaw_status(flaw)};

	server->counters.refused[flaw]++;
	conn->state = CONN_REFUSING;
	conn->exchange.magic = HTTP_EXCHANGE_MAGIC;
	if (server->callbacks.refuse)
		server->callbacks.refuse(server->arg, &conn->exchange, flaw);
	if (conn->state == CONN_REFUSING)
		http_reply(&conn->exchange, &bare);
}

/* A buffer that one large request has blown up is not kept for ever. */
static void empty_buf(struct buf *buf)
{
	if (buf->room > KEPT_BYTES)
		buf_close(buf);
	buf_clear(buf);
}

static void forget_exchange(struct http_conn *conn)
{
	conn->exchange.magic = 0;
	conn->exchange.head = NULL;
	conn->exchange.body = NULL;
	conn->exchange.body_bytes = 0;
	conn->exchange.owner = NULL;
	empty_buf(&conn->head_copy);
	empty_buf(&conn->body);
	http_head_reset(&conn->head);
}

void http_conn_end_exchange(struct http_conn *conn, bool closes)
{
	forget_exchange(conn);
	if (closes)
		http_conn_finish(conn);
	else
		http_conn_move(conn, CONN_IDLE);
}

static void on_input(struct bufferevent *bev, void *arg)
{
	(void)bev;
	http_conn_advance(arg);
}

static void on_output_empty(struct bufferevent *bev, void *arg)
{
	struct http_conn *conn = arg;

	(void)bev;
	http_conn_enter(conn);
	conn->write_pace.since_ms = 0;
	/* The client was busy reading: its idleness begins now. */
	if (conn->state == CONN_IDLE)
		http_conn_move(conn, CONN_IDLE);
	if (conn->state == CONN_FLUSH)
		end_output(conn);
	if (conn->is_streaming)
		conn->server->callbacks.clear(conn->server->arg,
					      &conn->exchange);
	http_conn_advance(conn);
	http_conn_leave(conn);
}

static void on_end(struct bufferevent *bev, short what, void *arg)
{
	struct http_conn *conn = arg;

	(void)bev;
	http_conn_enter(conn);
	conn->has_peer_ended = true;
	/* A client that ends its own side may still wait for the reply. */
	if (!(what & BEV_EVENT_EOF))
		http_conn_doom(conn);
	http_conn_advance(conn);
	http_conn_leave(conn);
}

/*
 * Each window of time must move what the rate asks for, so that a good start
 * does not pay for a stall later.
 */
static bool is_too_slow(struct http_pace *pace, size_t moved_bytes,
			int64_t now_ms, unsigned window_ms,
			unsigned rate_bytes_per_s)
{
	if (now_ms - pace->since_ms <= window_ms)
		return false;
	if (moved_bytes - pace->moved_bytes <
	    (uint64_t)rate_bytes_per_s * window_ms / 1000)
		return true;
	*pace = (struct http_pace){now_ms, moved_bytes};
	return false;
}

static bool is_body_too_slow(struct http_conn *conn, int64_t now_ms)
{
	const struct http_options *options = &conn->server->options;

	return conn->state == CONN_BODY &&
	       is_too_slow(&conn->body_pace, conn->body.used, now_ms,
			   options->body_timeout_ms,
			   options->body_rate_bytes_per_s);
}

static bool is_write_too_slow(struct http_conn *conn, int64_t now_ms)
{
	const struct http_options *options = &conn->server->options;

	return conn->write_pace.since_ms != 0 &&
	       is_too_slow(&conn->write_pace,
			   conn->write_bytes - http_conn_waiting_bytes(conn),
			   now_ms, options->write_timeout_ms,
			   options->write_rate_bytes_per_s);
}

/* The kernel drops the unread output, too. */
void http_conn_cut(struct http_conn *conn)
{
	struct linger none = {.l_onoff = 1, .l_linger = 0};

	setsockopt(conn->fd, SOL_SOCKET, SO_LINGER, &none, sizeof(none));
	http_conn_doom(conn);
}

/* While draining, a new connection has a moment to show its request. */
static unsigned idle_ms(const struct http_conn *conn)
{
	unsigned ms = conn->server->options.idle_timeout_ms;

	return !conn->server->listener && ms > DRAIN_GRACE_MS ? DRAIN_GRACE_MS
							      : ms;
}

static void check_state(struct http_conn *conn, int64_t now_ms)
{
	const struct http_options *options = &conn->server->options;
	int64_t waited_ms = now_ms - conn->since_ms;

	if (conn->state == CONN_IDLE && waited_ms > idle_ms(conn)) {
		conn->server->counters.idle_timeouts++;
		http_conn_doom(conn);
	} else if (conn->state == CONN_HEAD &&
		   waited_ms > options->head_timeout_ms) {
		conn->closes_at_once = true;
		http_conn_refuse(conn, HTTP_FLAW_HEAD_TIMEOUT);
	} else if (is_body_too_slow(conn, now_ms)) {
		conn->closes_at_once = true;
		http_conn_refuse(conn, HTTP_FLAW_BODY_TIMEOUT);
	} else if (conn->state == CONN_LINGER &&
		   waited_ms > options->linger_timeout_ms) {
		http_conn_doom(conn);
	}
}

void http_conn_check_deadline(struct http_conn *conn, int64_t now_ms)
{
	http_conn_enter(conn);
	if (is_write_too_slow(conn, now_ms)) {
		conn->server->counters.write_timeouts++;
		http_conn_cut(conn);
	} else if (http_conn_waiting_bytes(conn) == 0 ||
		   conn->state != CONN_IDLE) {
		check_state(conn, now_ms);
	}
	http_conn_leave(conn);
}

void http_conn_drain(struct http_conn *conn)
{
	http_conn_enter(conn);
	/* A connection just made may have its first request on the way. */
	if (conn->state == CONN_IDLE && conn->is_used)
		http_conn_finish(conn);
	http_conn_leave(conn);
}

static void write_address(struct http_conn *conn,
			  const struct sockaddr *address)
{
	const void *bytes =
		&((const struct sockaddr_in *)(const void *)address)->sin_addr;

	if (address->sa_family == AF_INET6)
		bytes = &((const struct sockaddr_in6 *)(const void *)address)
				 ->sin6_addr;
	inet_ntop(address->sa_family, bytes, conn->address,
		  sizeof(conn->address));
}

static void watch(struct http_conn *conn)
{
	bufferevent_setcb(conn->bev, on_input, on_output_empty, on_end, conn);
	bufferevent_setwatermark(conn->bev, EV_READ, 0, HTTP_INPUT_MAX_BYTES);
	bufferevent_enable(conn->bev, EV_READ | EV_WRITE);
}

void http_conn_open(struct http_server *server, int fd,
		    const struct sockaddr *address, enum http_flaw flaw)
{
	struct http_conn *conn = mem_new(struct http_conn);
	int on = 1;

	conn->magic = CONN_MAGIC;
	conn->server = server;
	conn->fd = fd;
	conn->bev =
		bufferevent_socket_new(server->base, fd, BEV_OPT_CLOSE_ON_FREE);
	must(conn->bev != NULL);
	conn->exchange.conn = conn;
	conn->exchange.peer = conn->address;
	conn->peer = http_peers_add(&server->peers, address);
	write_address(conn, address);
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	LIST_INSERT_HEAD(&server->conns, conn, link);
	server->counters.open++;
	http_conn_move(conn, CONN_IDLE);
	http_conn_enter(conn);
	watch(conn);
	if (flaw != HTTP_SOUND)
		http_conn_refuse(conn, flaw);
	http_conn_leave(conn);
}
