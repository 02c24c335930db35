/*
 * Reading: each step takes the connection as far as its input goes. The next
 * request is not looked at before the reply to the former is on its way, and
 * not while the client leaves too much output unread.
 */
#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <sys/uio.h>

#include "base/base.h"
#include "flow/http_conn.h"

static struct evbuffer *input_of(const struct http_conn *conn)
{
	return bufferevent_get_input(conn->bev);
}

static void start_request(struct http_conn *conn)
{
	struct http_server *server = conn->server;
	struct http_exchange *exchange = &conn->exchange;

	if (conn->body.used > 0) {
		exchange->body = conn->body.at;
		exchange->body_bytes = conn->body.used;
	}
	http_conn_move(conn, CONN_BUSY);
	server->counters.requests++;
	server->callbacks.request(server->arg, exchange);
}

static void promise_body(struct http_conn *conn)
{
	static const char text[] = "HTTP/1.1 100 Continue\r\n\r\n";
	struct iovec part = {(char *)text, sizeof(text) - 1};

	/* RFC 9110 10.1.1: needless once some of the body is here. */
	if (conn->head.wants_continue && http_conn_unread_bytes(conn) == 0)
		http_conn_send(conn, &part, 1);
}

/* A body is announced: is it wanted, and how much of it? */
static void start_body(struct http_conn *conn)
{
	struct http_server *server = conn->server;
	size_t limit;

	http_conn_move(conn, CONN_ASKING);
	limit = server->callbacks.body_limit(server->arg, &conn->exchange);
	if (conn->state != CONN_ASKING)
		return;
	if (limit > server->options.body_max_bytes)
		limit = server->options.body_max_bytes;
	conn->body_max_bytes = limit;
	if (conn->head.length_bytes > limit) {
		http_conn_refuse(conn, HTTP_FLAW_BODY_TOO_LARGE);
		return;
	}
	http_chunk_reset(&conn->chunk);
	promise_body(conn);
	http_conn_move(conn, CONN_BODY);
	conn->body_pace = (struct http_pace){conn->since_ms, 0};
}

/* The head is whole: keep it, and see whether a body follows. */
static void end_head(struct http_conn *conn)
{
	struct http_head *head = &conn->head;

	conn->is_used = true;
	buf_bytes(&conn->head_copy, head->bytes, head->head_bytes);
	http_head_move(head, conn->head_copy.at);
	evbuffer_drain(input_of(conn), head->head_bytes);
	conn->exchange.magic = HTTP_EXCHANGE_MAGIC;
	conn->exchange.head = head;
	if (head->is_chunked || head->length_bytes > 0)
		start_body(conn);
	else
		start_request(conn);
}

/* Nothing more can come of the input: wait, or give up what was begun. */
static bool await_more(struct http_conn *conn)
{
	if (conn->has_peer_ended)
		http_conn_refuse(conn, HTTP_FLAW_INCOMPLETE);
	return false;
}

static bool read_head(struct http_conn *conn)
{
	size_t count = http_conn_unread_bytes(conn);
	const char *bytes;

	if (count > HTTP_HEAD_MAX_BYTES + 1)
		count = HTTP_HEAD_MAX_BYTES + 1;
	bytes = (const char *)evbuffer_pullup(input_of(conn), (ssize_t)count);
	switch (http_head_read(&conn->head, bytes, count)) {
	case HTTP_DONE:
		end_head(conn);
		return true;
	case HTTP_BAD:
		http_conn_refuse(conn, conn->head.flaw);
		return false;
	default:
		return await_more(conn);
	}
}

static bool read_sized_body(struct http_conn *conn)
{
	size_t left = (size_t)conn->head.length_bytes - conn->body.used;
	size_t count = http_conn_unread_bytes(conn);

	if (count > left)
		count = left;
	/* Memory follows what has come, not what was announced. */
	if (count > 0)
		evbuffer_remove(input_of(conn), buf_room(&conn->body, count),
				count);
	conn->body.used += count;
	if (count < left)
		return await_more(conn);
	start_request(conn);
	return true;
}

/* What is still to come of a chunk whose size is known. */
static uint64_t announced_bytes(const struct http_chunk *chunk)
{
	return chunk->state == HTTP_CHUNK_DATA ? chunk->left_bytes : 0;
}

/* Decode one contiguous piece of input, up to the end of the body. */
static enum http_read decode_piece(struct http_conn *conn,
				   struct http_span piece)
{
	struct http_chunk *chunk = &conn->chunk;
	enum http_read read = HTTP_MORE;
	size_t used_bytes = 0;

	while (used_bytes < piece.count && read == HTTP_MORE) {
		struct http_span rest = {piece.at + used_bytes,
					 piece.count - used_bytes};
		struct http_span data;
		size_t used;

		read = http_chunk_read(chunk, rest, &used, &data);
		used_bytes += used;
		if (read == HTTP_BAD)
			return HTTP_BAD;
		if (conn->body.used + data.count + announced_bytes(chunk) >
		    conn->body_max_bytes) {
			chunk->flaw = HTTP_FLAW_BODY_TOO_LARGE;
			return HTTP_BAD;
		}
		buf_bytes(&conn->body, data.at, data.count);
	}
	evbuffer_drain(input_of(conn), used_bytes);
	return read;
}

static bool read_chunked_body(struct http_conn *conn)
{
	struct evbuffer *input = input_of(conn);

	while (http_conn_unread_bytes(conn) > 0) {
		size_t count = evbuffer_get_contiguous_space(input);
		struct http_span piece = {
			(const char *)evbuffer_pullup(input, (ssize_t)count),
			count};

		switch (decode_piece(conn, piece)) {
		case HTTP_DONE:
			start_request(conn);
			return true;
		case HTTP_BAD:
			http_conn_refuse(conn, conn->chunk.flaw);
			return false;
		default:
			break;
		}
	}
	return await_more(conn);
}

static bool start_head(struct http_conn *conn)
{
	if (http_conn_unread_bytes(conn) == 0) {
		if (conn->has_peer_ended)
			http_conn_finish(conn);
		return false;
	}
	if (http_conn_waiting_bytes(conn) >
	    conn->server->options.output_max_bytes)
		return false;
	http_conn_move(conn, CONN_HEAD);
	return true;
}

/* Is there more to do at once? */
static bool step(struct http_conn *conn)
{
	switch (conn->state) {
	case CONN_IDLE:
		return start_head(conn);
	case CONN_HEAD:
		return read_head(conn);
	case CONN_BODY:
		return conn->head.is_chunked ? read_chunked_body(conn)
					     : read_sized_body(conn);
	case CONN_LINGER:
		evbuffer_drain(input_of(conn), http_conn_unread_bytes(conn));
		if (conn->has_peer_ended)
			http_conn_doom(conn);
		return false;
	case CONN_ASKING:
	case CONN_BUSY:
	case CONN_REFUSING:
	case CONN_FLUSH:
		return false;
	}
	return false;
}

void http_conn_advance(struct http_conn *conn)
{
	/* A reply from within a step comes back to that step's loop. */
	if (conn->is_stepping)
		return;
	http_conn_enter(conn);
	conn->is_stepping = true;
	while (!conn->is_doomed && step(conn))
		;
	conn->is_stepping = false;
	http_conn_leave(conn);
}
