/* csv_text.h - the encodings of spreadsheets; only csv.c includes this. */
#ifndef WIRE_CSV_TEXT_H
#define WIRE_CSV_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

/*
 * GB18030 hides no comma, quote or line end in the bytes of another
 * character, so rows are cut from bytes and each cell is decoded alone.
 */
struct csv_coding {
	const char *name;	/* "UTF-8", "GB18030" */
	void *converter;	/* NULL for UTF-8; closed with the arena */
};

/*
 * UTF-8 if it is that, or if it was for a while: six sequences of three
 * bytes in a row are no accident, so one bad byte later in the file is told
 * as such instead of turning the whole file into nonsense. Else GB18030.
 *
 * out    how many bytes at the beginning are a byte order mark
 */
size_t csv_coding_guess(struct csv_coding *coding, struct arena *mem,
			const char *at, size_t bytes);

/* UTF-8 in the arena, NULL if the bytes are not of the encoding. */
char *csv_decode(const struct csv_coding *coding, struct arena *mem,
		 const char *at, size_t bytes);

#endif
