/* spool.c - tmpfile and mmap. */
#include "base/spool.h"

#include <stdio.h>
#include <sys/mman.h>

#include "base/mem.h"

struct spool {
	FILE *file;
	void *seen;
	size_t bytes;
};

struct spool *spool_open(void)
{
	FILE *file = tmpfile();
	struct spool *s;

	if (!file)
		return NULL;
	s = mem_new(struct spool);
	s->file = file;
	return s;
}

void spool_close(struct spool *s)
{
	if (!s)
		return;
	if (s->seen)
		munmap(s->seen, s->bytes);
	fclose(s->file);
	mem_free(s);
}

bool spool_add(struct spool *s, const void *at, size_t bytes)
{
	must(!s->seen);
	s->bytes += bytes;
	return fwrite(at, 1, bytes, s->file) == bytes;
}

const char *spool_see(struct spool *s, size_t *bytes)
{
	void *seen;

	*bytes = s->bytes;
	if (s->bytes == 0)
		return "";
	if (fflush(s->file) != 0)
		return NULL;
	seen = mmap(NULL, s->bytes, PROT_READ, MAP_PRIVATE, fileno(s->file),
		    0);
	if (seen == MAP_FAILED)
		return NULL;
	s->seen = seen;
	return seen;
}
