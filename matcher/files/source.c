/* The source that needs no operating system. */
#include "matcher/files/source.h"

#include <string.h>

bool match_memory_source_read(void *memory_source, char *bytes, size_t room,
			      size_t *count)
{
	struct match_memory_source *memory = memory_source;

	*count = memory->rest < room ? memory->rest : room;
	if (*count)
		memcpy(bytes, memory->at, *count);
	memory->at += *count;
	memory->rest -= *count;
	return true;
}
