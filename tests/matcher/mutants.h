/*
 * All documents that differ from one in one place: every scalar changed in
 * several ways, every element of a list and every member of an object left out,
 * doubled, swapped with the next, every list and object lengthened.
 */
#ifndef TESTS_MATCHER_MUTANTS_H
#define TESTS_MATCHER_MUTANTS_H

#include <stddef.h>

#include "documents.h"

struct mutant {
	struct document document;
	/* What was replaced in the document that it comes from, by what. */
	size_t start, end;
	const char *with;
};

typedef void mutant_judge(void *to, const struct mutant *mutant);

/* in  sound is well formed, in the one layout of a writer of ours */
void mutants_judge(const struct document *sound, mutant_judge *judge, void *to);

#endif
