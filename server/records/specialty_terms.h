/*
 * specialty_terms.h - the thresholds of the three lists as a member of a
 * policy: how they come in, are kept and go out.
 *
 * from  matcher/specialty_terms.def; docs/specialty-lists.md
 */
#ifndef RECORDS_SPECIALTY_TERMS_H
#define RECORDS_SPECIALTY_TERMS_H

#include "base/arena.h"
#include "matcher/specialty_rule.h"
#include "wire/json_write.h"
#include "wire/rows.h"
#include "wire/shape.h"

/* Of struct match_specialty_terms; every member is required. */
extern const struct field specialty_terms_shape[];

/* What they must be to each other: every flaw, below the pointer `where`. */
void specialty_terms_check(const struct match_specialty_terms *terms,
			   const char *where, struct flaws *flaws);

/* A json column of them; null: the defaults. */
struct match_specialty_terms specialty_terms_from_row(const struct rows *rows,
						      int row, int column,
						      struct arena *mem);

/* An object. */
void specialty_terms_write(struct json_writer *w,
			   const struct match_specialty_terms *terms);

#endif
