/* Reading one HTTP/1 request head from bytes: pure, strict, incremental. */
#ifndef FLOW_HTTP_HEAD_H
#define FLOW_HTTP_HEAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "flow/http_flaw.h"

enum {
	HTTP_HEAD_MAX_BYTES = 8192, /* request line to empty line, all CRLF */
	HTTP_TARGET_MAX_BYTES = 4096,
	HTTP_METHOD_MAX_BYTES = 16,
	HTTP_FIELDS_MAX = 64,
};

enum http_read {
	HTTP_MORE, /* sound so far: call again with more bytes */
	HTTP_DONE,
	HTTP_BAD, /* see the flaw; nothing after it may be trusted */
};

/* Borrowed text, not terminated. */
struct http_span {
	const char *at;
	size_t count;
};

struct http_field {
	struct http_span name;
	struct http_span value; /* without the blanks around it */
};

struct http_head {
	/* What the request says; sound after HTTP_DONE. */
	struct http_span method; /* token; case matters */
	struct http_span target; /* as sent */
	struct http_span path;	 /* still encoded: "/..." or "*" */
	struct http_span query;	 /* still encoded, without "?" */
	struct http_span host;	 /* of the target, else of Host; may be 0 */
	bool has_query;
	bool is_http_1_0;
	bool wants_close;    /* Connection: close, or HTTP/1.0 */
	bool wants_continue; /* Expect: 100-continue, in HTTP/1.1 */
	bool is_chunked;
	bool has_length;
	uint64_t length_bytes; /* Content-Length; UINT64_MAX if beyond */
	struct http_field fields[HTTP_FIELDS_MAX];
	size_t field_count;
	size_t head_bytes; /* where the body begins */
	enum http_flaw flaw;

	/* How far the reader is. */
	const char *bytes;
	size_t line_at;
	size_t scanned_bytes;
	bool has_line;
	bool has_host;
	bool has_encoding;
};

/* Forget all: the next read starts a new head. */
void http_head_reset(struct http_head *head);

/*
 * Read on in a head; bytes[0..count) is all that came since its first byte.
 *
 * in     head was reset before the first call; bytes may have moved since
 *        the last call (the head is then read again from its first byte)
 * out    HTTP_DONE: head is filled, its spans point into bytes, and
 *        head_bytes of them are used; HTTP_BAD: head->flaw says why
 * ties   the answer does not depend on how the bytes were cut in pieces:
 *        the first flaw in reading order, line by line, is the one told
 * from   RFC 9112 sections 2-7 and RFC 9110 5.5-5.6, narrowed: no empty line
 *        before the request line, no obs-fold, no second Content-Length
 *        even if equal, Transfer-Encoding "chunked" only, path without
 *        %2F, %00, encoded controls and dot segments, query without %00,
 *        no byte of the target outside RFC 3986's path and query
 */
enum http_read http_head_read(struct http_head *head, const char *bytes,
			      size_t count);

/*
 * Point all spans into a copy of the head's bytes.
 *
 * in     head is HTTP_DONE; bytes holds the same head_bytes; the old ones
 *        are still there
 */
void http_head_move(struct http_head *head, const char *bytes);

/*
 * Find a field by its name, in any case.
 *
 * out    value is the first one's; untouched if there is none
 * fails  the number of such fields is returned: the caller refuses 2 and
 *        more where a field may come once only
 */
size_t http_head_field(const struct http_head *head, const char *name,
		       struct http_span *value);

/* Is the text equal, letter by letter? */
bool http_span_is(struct http_span span, const char *text);

/* Is the text equal, A-Z and a-z being the same? */
bool http_span_is_nocase(struct http_span span, const char *text);

/*
 * Take out the percent-encoding of (a part of) a path or query that
 * http_head_read has checked.
 *
 * in     plus_is_blank: "+" stands for a blank, as forms have it in queries
 * out    to[0..returned count), not terminated; it may be any bytes but NUL:
 *        the caller checks UTF-8
 * mem    to holds from.count bytes
 */
size_t http_percent_decode(struct http_span from, bool plus_is_blank, char *to);

#endif
