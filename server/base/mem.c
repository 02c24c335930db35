/* mem.c - allocation that cannot fail, and the assertion that stays on. */
#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"

_Noreturn void must_failed(const char *truth, const char *file, int line)
{
	fprintf(stderr, "level=fatal event=\"assertion failed\" "
			"at=%s:%d truth=\"%s\"\n", file, line, truth);
	abort();
}

void *mem_zeroed(size_t count, size_t bytes)
{
	void *p = calloc(count ? count : 1, bytes ? bytes : 1);

	must(p != NULL);
	return p;
}

void *mem_resized(void *old, size_t count, size_t bytes)
{
	void *p = reallocarray(old, count ? count : 1, bytes ? bytes : 1);

	must(p != NULL);
	return p;
}

void mem_free(void *p)
{
	free(p);
}

char *mem_text(const char *text)
{
	size_t bytes = strlen(text) + 1;

	return memcpy(mem_zeroed(bytes, 1), text, bytes);
}
