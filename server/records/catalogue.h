/*
 * catalogue.h - the national catalogue by name: spreadsheets name a
 * specialty where we have its code, and 147 names stand on several levels.
 *
 * from  validation.md 4; schema/queries/specialties_all.sql
 */
#ifndef RECORDS_CATALOGUE_H
#define RECORDS_CATALOGUE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "wire/rows.h"

struct catalogue_entry {
	const char *name, *code, *level;
};

struct catalogue {
	struct catalogue_entry *by_name;	/* then by code */
	const char **codes;			/* sorted */
	size_t count;
};

/* in: the rows of specialties_all.sql, kept as long as the catalogue is */
void catalogue_from_rows(struct catalogue *c, struct arena *mem,
			 const struct rows *rows);

/* Is there such a code, also one that is retired? */
bool catalogue_has_code(const struct catalogue *c, const char *code);

/* The entries of exactly this name; *count of them, 0 for an unknown one. */
const struct catalogue_entry *catalogue_of_name(const struct catalogue *c,
						const char *name,
						size_t *count);

/*
 * The code for a name as a school of that level means it: the only one, or
 * among several that of the level.
 * fails  NULL: unknown, or on several levels and none is the school's
 */
const char *catalogue_code(const struct catalogue *c, const char *name,
			   const char *level);

#endif
