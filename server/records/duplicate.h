/*
 * duplicate.h - postings that say the same as another: told with what is alike
 * and what is not, never removed.
 *
 * from  rules.md 6.1 (reposts name their source); docs/postings.md,
 *       "Duplicates"; schema/queries/posting_duplicates.sql
 */
#ifndef RECORDS_DUPLICATE_H
#define RECORDS_DUPLICATE_H

#include "base/arena.h"
#include "records/posting.h"

/* The enterprise's own candidates that are looked at, the latest first. */
enum { DUPLICATE_CANDIDATES_MAX = 1000 };

struct duplicate {
	int row;			/* of the candidates */
	const char *kind;		/* "same", "near", "repost" */
	int title_mille, text_mille;
	unsigned same;			/* bit i: duplicate_facts[i] */
};

/* NULL-terminated: what is held against each other beside title and text. */
extern const char *const duplicate_facts[];

struct duplicates {
	struct duplicate *at;		/* the likest first, then by row */
	size_t count;
	bool is_partial;		/* there are more candidates */
};

/*
 * in   posting: the one that is asked about; rows: of posting_duplicates.sql
 * out  texts in the arena: the rows may go only after duplicates_write
 */
struct duplicates duplicates_of(struct arena *mem,
				const struct posting *posting,
				const struct rows *rows);

/* The members items and is_partial, into the open object. */
void duplicates_write(struct json_writer *w, const struct duplicates *d,
		      const struct rows *rows);

#endif
