/*
 * Replies: the head is written into the server's scratch, and goes out
 * together with the body in one system call where nothing waits before it.
 */
#include <stdint.h>
#include <string.h>
#include <sys/uio.h>

#include "base/base.h"
#include "flow/http_conn.h"
#include "flow/http_grammar.h"

static const struct {
	int status;
	const char *reason;
} reasons[] = {
	{200, "OK"},
	{201, "Created"},
	{202, "Accepted"},
	{204, "No Content"},
	{206, "Partial Content"},
	{303, "See Other"},
	{304, "Not Modified"},
	{307, "Temporary Redirect"},
	{308, "Permanent Redirect"},
	{400, "Bad Request"},
	{401, "Unauthorized"},
	{403, "Forbidden"},
	{404, "Not Found"},
	{405, "Method Not Allowed"},
	{406, "Not Acceptable"},
	{408, "Request Timeout"},
	{409, "Conflict"},
	{410, "Gone"},
	{412, "Precondition Failed"},
	{413, "Content Too Large"},
	{414, "URI Too Long"},
	{415, "Unsupported Media Type"},
	{417, "Expectation Failed"},
	{422, "Unprocessable Content"},
	{428, "Precondition Required"},
	{429, "Too Many Requests"},
	{431, "Request Header Fields Too Large"},
	{500, "Internal Server Error"},
	{501, "Not Implemented"},
	{503, "Service Unavailable"},
	{504, "Gateway Timeout"},
	{505, "HTTP Version Not Supported"},
};

/* RFC 9112 section 4: the reason may be empty. */
static const char *reason_of(int status)
{
	for (size_t i = 0; i < COUNT_OF(reasons); i++)
		if (reasons[i].status == status)
			return reasons[i].reason;
	return "";
}

static void write_number(struct buf *out, size_t number)
{
	char digits[24];
	size_t at = sizeof(digits);

	do {
		digits[--at] = (char)('0' + number % 10);
		number /= 10;
	} while (number > 0);
	buf_bytes(out, digits + at, sizeof(digits) - at);
}

static bool is_ours(struct http_span name)
{
	return http_span_is_nocase(name, "date") ||
	       http_span_is_nocase(name, "connection") ||
	       http_span_is_nocase(name, "content-length") ||
	       http_span_is_nocase(name, "transfer-encoding");
}

static bool is_value_byte(unsigned char c)
{
	return (c >= 0x20 || c == '\t') && c != 0x7f;
}

/* Eight bytes without a control among them; false may be wrong. */
static bool are_plain(const char *at)
{
	const uint64_t ones = 0x0101010101010101U, tops = ones << 7;
	uint64_t bytes, dels;

	memcpy(&bytes, at, sizeof(bytes));
	dels = bytes ^ ones * 0x7f;
	return !((((bytes - ones * 0x20) & ~bytes) |
		  ((dels - ones) & ~dels)) & tops);
}

static bool is_value(const char *at, size_t count)
{
	while (count) {
		if (count >= 8 && are_plain(at)) {
			at += 8;
			count -= 8;
			continue;
		}
		if (!is_value_byte((unsigned char)*at))
			return false;
		at++;
		count--;
	}
	return true;
}

static void write_header(struct buf *out, const struct http_header *header)
{
	struct http_span name = {header->name, strlen(header->name)};
	size_t value = strlen(header->value);
	char *at = buf_room(out, name.count + value + 4);

	must(http_is_token(name) && !is_ours(name));
	must(is_value(header->value, value));
	memcpy(at, name.at, name.count);
	memcpy(at + name.count, ": ", 2);
	memcpy(at + name.count + 2, header->value, value);
	memcpy(at + name.count + 2 + value, "\r\n", 2);
	out->used += name.count + value + 4;
}

static void write_framing(const struct http_conn *conn,
			  const struct http_reply *reply, bool is_chunked,
			  struct buf *out)
{
	/* RFC 9110 8.6: 204 has none; 304 would have to repeat that of 200. */
	if (reply->status == 204 || reply->status == 304)
		return;
	if (is_chunked) {
		/* HTTP/1.0 knows no chunks: there the end is the end. */
		if (!conn->head.is_http_1_0)
			buf_text(out, "Transfer-Encoding: chunked\r\n");
		return;
	}
	buf_text(out, "Content-Length: ");
	write_number(out, reply->body_bytes);
	buf_text(out, "\r\n");
}

void http_write_head(const struct http_conn *conn,
		     const struct http_reply *reply, bool is_chunked,
		     struct buf *out)
{
	buf_clear(out);
	buf_text(out, "HTTP/1.1 ");
	write_number(out, (size_t)reply->status);
	buf_byte(out, ' ');
	buf_text(out, reason_of(reply->status));
	buf_text(out, "\r\nDate: ");
	buf_text(out, conn->server->date);
	buf_text(out, "\r\n");
	for (size_t i = 0; i < reply->header_count; i++)
		write_header(out, &reply->headers[i]);
	write_framing(conn, reply, is_chunked, out);
	if (http_must_close(conn, reply))
		buf_text(out, "Connection: close\r\n");
	buf_text(out, "\r\n");
}

static bool has_body(const struct http_exchange *exchange,
		     const struct http_reply *reply)
{
	if (reply->body_bytes == 0 || reply->status == 204 ||
	    reply->status == 304)
		return false;
	return !exchange->head || !http_span_is(exchange->head->method, "HEAD");
}

bool http_must_close(const struct http_conn *conn,
		     const struct http_reply *reply)
{
	return reply->closes || conn->state != CONN_BUSY ||
	       conn->head.wants_close || !conn->server->listener;
}

void http_reply(struct http_exchange *exchange, const struct http_reply *reply)
{
	struct http_conn *conn = exchange->conn;
	struct http_server *server = conn->server;
	struct buf *head = &server->reply_head;
	struct iovec parts[2];
	bool closes;

	must(exchange->magic == HTTP_EXCHANGE_MAGIC);
	must(conn->state == CONN_BUSY || conn->state == CONN_ASKING ||
	     conn->state == CONN_REFUSING);
	must(reply->status >= 200 && reply->status <= 599);
	http_conn_enter(conn);
	closes = http_must_close(conn, reply);
	http_write_head(conn, reply, false, head);
	parts[0] = (struct iovec){head->at, head->used};
	parts[1] = (struct iovec){(char *)reply->body, reply->body_bytes};
	if (conn->state == CONN_BUSY)
		server->counters.replies++;
	http_conn_send(conn, parts, has_body(exchange, reply) ? 2 : 1);
	/* A client that asks for the end, and has no more to say, gets it. */
	if (conn->head.wants_close && conn->state == CONN_BUSY &&
	    http_conn_unread_bytes(conn) == 0)
		conn->closes_at_once = true;
	http_conn_end_exchange(conn, closes);
	http_conn_advance(conn);
	http_conn_leave(conn);
}
