/*
 * Where bytes come from, so that a document may be of any size and still need
 * no memory of its own: a file, a socket, a row.
 */
#ifndef MATCHER_FILES_SOURCE_H
#define MATCHER_FILES_SOURCE_H

#include <stdbool.h>
#include <stddef.h>

struct match_source {
	/*
	 * Fill bytes with 1..room bytes; *count 0 says that there are no more.
	 * False: the source failed.
	 */
	bool (*read)(void *from, char *bytes, size_t room, size_t *count);
	void *from;
};

/* Bytes in memory. Set at and rest, then source->from = memory. */
struct match_memory_source {
	const char *at; /* borrowed */
	size_t rest;
};

bool match_memory_source_read(void *memory_source, char *bytes, size_t room,
			      size_t *count);

#endif
