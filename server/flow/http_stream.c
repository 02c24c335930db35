/*
 * http_stream.c - replies in chunks. All of it goes through the connection's
 * queue, never past it: so no call here can find the client dead, and each
 * waits its turn in the loop.
 */
#include <stdio.h>
#include <sys/uio.h>

#include "base/base.h"
#include "flow/http_conn.h"

enum { CHUNK_HEAD_BYTES = 24 };

static void queue(struct http_conn *conn, const char *at, size_t bytes)
{
	http_conn_queue(conn, &(struct iovec){ (char *)at, bytes });
}

void http_stream_begin(struct http_exchange *exchange,
		       const struct http_reply *reply)
{
	struct http_conn *conn = exchange->conn;
	struct buf *head = &conn->server->reply_head;

	must(exchange->magic == HTTP_EXCHANGE_MAGIC);
	must(conn->state == CONN_BUSY && !conn->is_streaming);
	must(conn->server->callbacks.clear != NULL);
	conn->is_streaming = true;
	http_write_head(conn, reply, true, head);
	queue(conn, head->at, head->used);
}

void http_stream_add(struct http_exchange *exchange, const char *at,
		     size_t bytes)
{
	struct http_conn *conn = exchange->conn;
	char head[CHUNK_HEAD_BYTES];
	int head_bytes = snprintf(head, sizeof(head), "%zx\r\n", bytes);
	bool is_chunked = !conn->head.is_http_1_0;

	must(exchange->magic == HTTP_EXCHANGE_MAGIC && conn->is_streaming);
	must(bytes > 0);
	if (is_chunked)
		queue(conn, head, (size_t)head_bytes);
	queue(conn, at, bytes);
	if (is_chunked)
		queue(conn, "\r\n", 2);
}

/* HTTP/1.0 has no other sign that something is missing than a reset. */
static bool has_last_chunk(const struct http_conn *conn)
{
	return !conn->head.is_http_1_0 &&
	       !http_span_is(conn->head.method, "HEAD");
}

void http_stream_end(struct http_exchange *exchange, bool is_whole)
{
	struct http_conn *conn = exchange->conn;
	const struct http_reply none = { .closes = !is_whole };
	bool is_reset = !is_whole && conn->head.is_http_1_0;

	must(exchange->magic == HTTP_EXCHANGE_MAGIC && conn->is_streaming);
	http_conn_enter(conn);
	conn->is_streaming = false;
	if (is_whole && has_last_chunk(conn))
		queue(conn, "0\r\n\r\n", 5);
	conn->server->counters.replies++;
	if (is_reset) {
		/* Not by its ordinary end, which would look like the body's. */
		http_conn_move(conn, CONN_FLUSH);
		http_conn_cut(conn);
	} else {
		http_conn_end_exchange(conn, http_must_close(conn, &none));
		http_conn_advance(conn);
	}
	http_conn_leave(conn);
}
