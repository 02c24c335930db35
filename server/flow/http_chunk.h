/* Decoding a chunked body: pure, strict, incremental. */
#ifndef FLOW_HTTP_CHUNK_H
#define FLOW_HTTP_CHUNK_H

#include <stddef.h>
#include <stdint.h>

#include "flow/http_flaw.h"
#include "flow/http_head.h"

enum http_chunk_state {
	HTTP_CHUNK_SIZE,
	HTTP_CHUNK_SIZE_LF,
	HTTP_CHUNK_DATA,
	HTTP_CHUNK_DATA_CR,
	HTTP_CHUNK_DATA_LF,
	HTTP_CHUNK_END_CR,
	HTTP_CHUNK_END_LF,
	HTTP_CHUNK_DONE,
	HTTP_CHUNK_BAD,
};

struct http_chunk {
	enum http_chunk_state state;
	unsigned digit_count;
	uint64_t left_bytes; /* of the present chunk */
	enum http_flaw flaw;
};

/* Start a new body. */
void http_chunk_reset(struct http_chunk *chunk);

/*
 * Decode on, up to the end of one run of data at most.
 *
 * in     bytes[0..count) follow what the former calls have used
 * out    *used of them are taken; data is the run found among them (count
 *        0 if none). HTTP_MORE: call again with what is left, if any.
 *        HTTP_DONE: the body is over, what is left is the next request
 * fails  HTTP_BAD: chunk->flaw says why, and stays so
 * from   RFC 9112 section 7.1, narrowed: at most 8 hexadecimal digits,
 *        chunk extensions and trailers are refused (nobody sends them to
 *        an API, and both were used for smuggling)
 */
enum http_read http_chunk_read(struct http_chunk *chunk, struct http_span bytes,
			       size_t *used, struct http_span *data);

#endif
