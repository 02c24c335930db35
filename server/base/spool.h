/*
 * spool.h - bytes that are too many for memory: a file without a name, gone
 * with the process whatever becomes of it, then seen in one piece. What is
 * seen are the file's own pages, which the system takes back when it is short.
 */
#ifndef BASE_SPOOL_H
#define BASE_SPOOL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/base.h"

struct spool;

/* fails  NULL, errno set: there is no room for temporary files */
struct spool *spool_open(void);
void spool_close(struct spool *s);	/* NULL: nothing to do */

/* fails  errno set */
MUST_CHECK bool spool_add(struct spool *s, const void *at, size_t bytes);

/*
 * Everything added so far; then nothing may be added any more.
 * out    valid until spool_close; "" if nothing was added
 * fails  NULL, errno set
 */
const char *spool_see(struct spool *s, size_t *bytes);

#endif
