/*
 * buf.h - bytes that grow: what a reply is written into. Kept by its owner
 * from one reply to the next, so a warm buffer allocates nothing.
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stddef.h>
#include <string.h>

#include "base/base.h"

struct buf {
	char *at;
	size_t used, room;
};

void buf_close(struct buf *b);
void buf_grow(struct buf *b, size_t more);
void buf_text(struct buf *b, const char *text);
void buf_print(struct buf *b, const char *format, ...) PRINTF_LIKE(2, 3);

/* Room for `more` bytes at the end; the caller adds what it wrote to used. */
static inline char *buf_room(struct buf *b, size_t more)
{
	if (b->room - b->used < more)
		buf_grow(b, more);
	return b->at + b->used;
}

static inline void buf_bytes(struct buf *b, const void *at, size_t bytes)
{
	if (bytes)
		memcpy(buf_room(b, bytes), at, bytes);
	b->used += bytes;
}

static inline void buf_byte(struct buf *b, char byte)
{
	*buf_room(b, 1) = byte;
	b->used++;
}

static inline void buf_clear(struct buf *b)
{
	b->used = 0;
}

#endif
