/* buf.c - doubling growth; exhaustion ends the process (see mem.h). */
#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/mem.h"

void buf_close(struct buf *b)
{
	mem_free(b->at);
	*b = (struct buf){ 0 };
}

void buf_grow(struct buf *b, size_t more)
{
	size_t room = b->room ? b->room : 512;

	must(more < (size_t)1 << 40);
	while (room - b->used < more)
		room *= 2;
	b->at = mem_resized(b->at, room, 1);
	b->room = room;
}

void buf_text(struct buf *b, const char *text)
{
	buf_bytes(b, text, strlen(text));
}

void buf_print(struct buf *b, const char *format, ...)
{
	va_list args;
	int length;

	va_start(args, format);
	length = vsnprintf(NULL, 0, format, args);
	va_end(args);
	must(length >= 0);
	va_start(args, format);
	vsnprintf(buf_room(b, (size_t)length + 1), (size_t)length + 1, format,
		  args);
	va_end(args);
	b->used += (size_t)length;
}
