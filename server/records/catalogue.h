/*
 * catalogue.h - the national catalogue by name: spreadsheets name a
 * specialty where we have its code, and 147 names stand on several levels.
 * Beside it what else a name may be known by: the fields of study that
 * advertisements speak of, and what the school has said it means.
 *
 * from  validation.md 4; schema/queries/specialty_lists.sql
 */
#ifndef RECORDS_CATALOGUE_H
#define RECORDS_CATALOGUE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "wire/rows.h"
#include "wire/shape.h"

struct catalogue_entry {
	const char *name, *code, *level;
	bool is_taught;		/* the school has students of it */
};

/* A field of study: classes (4 digits) and categories (2) as the associate
 * level writes them, with ; between. */
struct catalogue_alias {
	const char *folded, *codes;
};

/* What a school means by a name. */
struct catalogue_mapping {
	const char *folded, *code;
};

struct catalogue_folded;	/* catalogue_near.c */
struct specialty_memo;		/* specialty_reading.c */

struct catalogue {
	struct catalogue_entry *by_name;	/* then by code */
	const char **codes;			/* sorted */
	size_t count;
	struct catalogue_folded *folded;	/* NULL: names as they stand */
	struct catalogue_alias *aliases;	/* sorted */
	size_t alias_count;
	struct catalogue_mapping *mappings;	/* the latest first */
	size_t mapping_count;
	struct specialty_memo *memo;		/* NULL: nothing is kept */
};

/*
 * in: the rows of specialty_lists.sql, kept as long as the catalogue is;
 * fold_open was true
 */
void catalogue_from_rows(struct catalogue *c, struct arena *mem,
			 const struct rows *rows);

/* What a file means by names (by code) goes before what the school said
 * earlier; names and codes are kept. */
void catalogue_map(struct catalogue *c, struct arena *mem,
		   const struct pairs *said);

/* The code that the school means by a folded name, or NULL. */
const char *catalogue_mapped(const struct catalogue *c, const char *folded);

/* Is there such a code, also one that is retired? */
bool catalogue_has_code(const struct catalogue *c, const char *code);

/* The entry of a code that is there. */
const struct catalogue_entry *catalogue_of_code(const struct catalogue *c,
						const char *code);

/* The entries of this name, whatever its width and script; *count of them, 0
 * for an unknown one. */
const struct catalogue_entry *catalogue_of_name(const struct catalogue *c,
						const char *name,
						size_t *count);

/* For catalogue.c: makes c->folded, and finds the entry a name folds to. */
void catalogue_fold(struct catalogue *c, struct arena *mem);
const struct catalogue_entry *catalogue_find_folded(const struct catalogue *c,
						    const char *name);

/*
 * How an official name is like one that is written otherwise: words of
 * suggestions, the likeliest first where two fit.
 */
enum catalogue_like {
	LIKE_CATALOGUE,		/* the name itself, on another level */
	LIKE_CONJUNCTION,	/* but for 与, 及, 和, 、 */
	LIKE_ENDING,		/* but for 技术 at the end */
	LIKE_BEGINS,		/* one begins as the other */
	LIKE_WITHIN,		/* one is within the other */
	LIKE_ABBREVIATION,	/* all its characters in their order */
	LIKE_ALIKE,		/* pairs of characters that both have */
	LIKE_ALIAS,		/* of the class that the word stands for */
	LIKE_COUNT
};
extern const char *const catalogue_like_words[];

/* An unknown name, without what is around it. */
struct catalogue_sought {
	const char *folded;
	const char *joined;	/* without conjunctions */
	const char *level;	/* that is meant if another is not said */
	const char *class_code;	/* what the class's name says, or NULL */
};

/*
 * The one entry of the level that is the name but for a conjunction, or but
 * for 技术 at its end while no other begins as the name does; else NULL.
 */
const struct catalogue_entry *catalogue_same(const struct catalogue *c,
					     const struct catalogue_sought *s,
					     enum catalogue_like *like);

/* Is there an entry of the level that is the name and 技术? */
bool catalogue_has_longer(const struct catalogue *c,
			  const struct catalogue_sought *s);

/*
 * The names likest to one that is unknown, as a JSON array of {code, name,
 * level, because}: three at most, the likeliest first. Those of the level
 * count more, and those that the school has students of.
 *
 * ties   lower code first
 * fails  NULL: nothing is alike
 */
const char *catalogue_near(const struct catalogue *c, struct arena *mem,
			   const struct catalogue_sought *s);

#endif
