/*
 * The names of skills and certificates, numbered once. Readers look names up
 * while the writer adds more; no name ever leaves.
 */
#ifndef MATCHER_INDEX_NAMES_H
#define MATCHER_INDEX_NAMES_H

#include "matcher/align.h"
#include "matcher/epoch.h"
#include "matcher/error.h"

#define MATCH_NO_NAME UINT32_MAX

struct match_names;

/* epochs is kept. fails  NULL: no memory */
struct match_names *match_names_new(struct match_epochs *epochs);
void match_names_free(struct match_names *names);

/* For the writer. fails  false: no memory, or 2^30 names; as before */
bool match_names_add(struct match_names *names, struct match_text text,
		     uint32_t *number) MATCH_MUST_CHECK;

/* For readers, inside an epoch. MATCH_NO_NAME: nobody has put it. */
uint32_t match_names_find(const struct match_names *names,
			  struct match_text text);

/* in  number came from above */
struct match_text match_names_text(const struct match_names *names,
				   uint32_t number);

/* For the writer. */
size_t match_names_bytes(const struct match_names *names);

#endif
