/*
 * wording.h - what a text says that a rule bars or doubts: limits by sex,
 * origin or school, fees, mere repetition; each with the words that say so.
 *
 * A table of phrases, no grammar: what it does not find may still be there.
 *
 * from  docs/rules.md 1.21, 1.23, 1.29, 6.2, 6.6; records/wording.def
 */
#ifndef RECORDS_WORDING_H
#define RECORDS_WORDING_H

#include "base/arena.h"
#include "records/law.h"

enum { WORDING_WORDS_BYTES = 160 };

struct wording {
	enum law law;
	/* The words, as they stand in the text, cut where they are long. */
	char words[WORDING_WORDS_BYTES];
	size_t at, count;	/* scalars of the text, from 0 */
};

/*
 * in     text is valid UTF-8; laws: whose phrases are looked for, a bit each
 * out    at most `most` of them, one a law, by their place in wording.def
 * mem    scratch; what comes back is the caller's
 */
size_t wording_find(struct arena *scratch, const char *text, uint64_t laws,
		    struct wording *found, size_t most);

#endif
