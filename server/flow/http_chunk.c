/*
 * The chunked coding: a machine that looks at each byte of the framing once
 * and hands out the data between in runs.
 */
#include "flow/http_chunk.h"

#include "flow/http_grammar.h"

enum {
	CHUNK_DIGITS_MAX = 8,
};

void http_chunk_reset(struct http_chunk *chunk)
{
	*chunk = (struct http_chunk){.state = HTTP_CHUNK_SIZE};
}

static void refuse(struct http_chunk *chunk, enum http_flaw flaw)
{
	chunk->state = HTTP_CHUNK_BAD;
	chunk->flaw = flaw;
}

static void read_size(struct http_chunk *chunk, unsigned char c)
{
	int digit = http_hex_value(c);

	if (digit >= 0 && chunk->digit_count == CHUNK_DIGITS_MAX) {
		refuse(chunk, HTTP_FLAW_CHUNK_TOO_LARGE);
	} else if (digit >= 0) {
		chunk->left_bytes = chunk->left_bytes * 16 + (unsigned)digit;
		chunk->digit_count++;
	} else if (c == '\n') {
		refuse(chunk, HTTP_FLAW_BARE_LF);
	} else if (chunk->digit_count == 0) {
		refuse(chunk, HTTP_FLAW_BAD_CHUNK_SIZE);
	} else if (c == '\r') {
		chunk->state = HTTP_CHUNK_SIZE_LF;
	} else if (c == ';' || http_is_blank(c)) {
		refuse(chunk, HTTP_FLAW_CHUNK_EXTENSION);
	} else {
		refuse(chunk, HTTP_FLAW_BAD_CHUNK_SIZE);
	}
}

/* One byte that must be wanted, and leads on to next. */
static void expect(struct http_chunk *chunk, bool is_wanted,
		   enum http_chunk_state next, enum http_flaw flaw)
{
	if (is_wanted)
		chunk->state = next;
	else
		refuse(chunk, flaw);
}

static void read_framing(struct http_chunk *chunk, unsigned char c)
{
	switch (chunk->state) {
	case HTTP_CHUNK_SIZE:
		read_size(chunk, c);
		return;
	case HTTP_CHUNK_SIZE_LF:
		expect(chunk, c == '\n',
		       chunk->left_bytes > 0 ? HTTP_CHUNK_DATA
					     : HTTP_CHUNK_END_CR,
		       HTTP_FLAW_BARE_CR);
		return;
	case HTTP_CHUNK_DATA_CR:
		expect(chunk, c == '\r', HTTP_CHUNK_DATA_LF,
		       HTTP_FLAW_BAD_CHUNK_END);
		return;
	case HTTP_CHUNK_DATA_LF:
		chunk->digit_count = 0;
		expect(chunk, c == '\n', HTTP_CHUNK_SIZE,
		       HTTP_FLAW_BAD_CHUNK_END);
		return;
	case HTTP_CHUNK_END_CR:
		expect(chunk, c == '\r', HTTP_CHUNK_END_LF,
		       c == '\n' ? HTTP_FLAW_BARE_LF : HTTP_FLAW_CHUNK_TRAILER);
		return;
	case HTTP_CHUNK_END_LF:
		expect(chunk, c == '\n', HTTP_CHUNK_DONE, HTTP_FLAW_BARE_CR);
		return;
	case HTTP_CHUNK_DATA:
	case HTTP_CHUNK_DONE:
	case HTTP_CHUNK_BAD:
		return;
	}
}

/* As much of the present chunk as is there. */
static struct http_span take_data(struct http_chunk *chunk,
				  struct http_span bytes)
{
	if (bytes.count > chunk->left_bytes)
		bytes.count = (size_t)chunk->left_bytes;
	chunk->left_bytes -= bytes.count;
	if (chunk->left_bytes == 0)
		chunk->state = HTTP_CHUNK_DATA_CR;
	return bytes;
}

enum http_read http_chunk_read(struct http_chunk *chunk, struct http_span bytes,
			       size_t *used, struct http_span *data)
{
	*used = 0;
	*data = (struct http_span){bytes.at, 0};
	while (*used < bytes.count && chunk->state < HTTP_CHUNK_DONE) {
		struct http_span rest = {bytes.at + *used, bytes.count - *used};

		if (chunk->state == HTTP_CHUNK_DATA) {
			*data = take_data(chunk, rest);
			*used += data->count;
			return HTTP_MORE;
		}
		read_framing(chunk, (unsigned char)rest.at[0]);
		(*used)++;
	}
	if (chunk->state == HTTP_CHUNK_BAD)
		return HTTP_BAD;
	return chunk->state == HTTP_CHUNK_DONE ? HTTP_DONE : HTTP_MORE;
}
