/*
 * likeness.h - how much of two texts is the same, by pairs of neighbouring
 * characters, in whole thousandths.
 *
 * from  Dice (1945); docs/postings.md, "Duplicates"
 */
#ifndef RECORDS_LIKENESS_H
#define RECORDS_LIKENESS_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

/* The pairs of a text, ascending, each as often as it comes; of one that has a
 * single letter, that one. Folded; blanks and punctuation do not count. */
struct likeness {
	const uint64_t *pairs;
	size_t count;
	size_t letters;		/* that count */
};

/* in  fold_open was true; valid UTF-8 */
struct likeness likeness_of(struct arena *mem, const char *text);

/*
 * 2000 * (pairs that both have) / (pairs of the one + of the other), rounded
 * down: 1000 if and only if both have the same. 0 where one has none, 1000
 * where both have none.
 */
int likeness_mille(const struct likeness *a, const struct likeness *b);

#endif
