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

struct catalogue_folded;	/* catalogue_near.c */

struct catalogue {
	struct catalogue_entry *by_name;	/* then by code */
	const char **codes;			/* sorted */
	size_t count;
	struct catalogue_folded *folded;	/* NULL: names as they stand */
};

/* in: the rows of specialties_all.sql, kept as long as the catalogue is;
 * fold_open was true */
void catalogue_from_rows(struct catalogue *c, struct arena *mem,
			 const struct rows *rows);

/* Is there such a code, also one that is retired? */
bool catalogue_has_code(const struct catalogue *c, const char *code);

/* The entries of this name, whatever its width and script; *count of them, 0
 * for an unknown one. */
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

/*
 * The names that share most with one that is unknown, as a JSON array of
 * {code, name, level}: three at most, the likeliest first, those of the
 * school's level before others alike.
 *
 * units  alike is the share of pairs of neighbouring characters that both
 *        have (Dice), folded as the search folds; under a third is unlike
 * fails  NULL: nothing is alike
 */
const char *catalogue_near(const struct catalogue *c, struct arena *mem,
			   const char *name, const char *level);

/* For catalogue.c: makes c->folded, and finds the entry a name folds to. */
void catalogue_fold(struct catalogue *c, struct arena *mem);
const struct catalogue_entry *catalogue_find_folded(const struct catalogue *c,
						    const char *name);

#endif
