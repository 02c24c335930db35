/*
 * posting_words.h - what a posting says in words that a rule bars or doubts.
 *
 * from  docs/rules.md 1.21, 1.23, 6.2, 6.6; records/wording.h
 */
#ifndef RECORDS_POSTING_WORDS_H
#define RECORDS_POSTING_WORDS_H

#include "records/posting.h"
#include "records/wording.h"

enum { POSTING_WORDS_MAX = 16 };

struct posting_words {
	struct {
		const char *pointer;	/* "#/title" */
		struct wording found;
	} at[POSTING_WORDS_MAX];
	size_t count;
};

/* The barred ones before the doubtful, of title and description. */
void posting_words_find(struct posting_words *words, struct arena *mem,
			const struct posting *p);

/* Does the law hold for postings of this kind? */
bool posting_is_under(const struct posting *p, enum law law);

/* A flaw that tells the words, where they stand, and the law. */
void wording_flaw(struct flaws *flaws, const char *pointer,
		  const struct wording *w);

#endif
