/*
 * The words for what match_align() found, in Chinese and English.
 */
#ifndef MATCHER_EXPLAIN_H
#define MATCHER_EXPLAIN_H

#include "matcher/align.h"

#include <stddef.h>

enum match_language {
	MATCH_CHINESE,
	MATCH_ENGLISH,
};

/* "same-class", ...: the reason's word in the API. */
const char *match_reason_word(enum match_reason reason);

/*
 * Say why a part has its value, with its numbers and names.
 *
 * in     posting is the one that the part was made with
 * out    out[0..size) holds UTF-8 ended by NUL, cut at a whole character if
 *        it does not fit; size > 0. Returns the bytes written without the NUL
 */
size_t match_reason_text(enum match_language language,
			 const struct match_part *part,
			 const struct match_posting *posting, char *out,
			 size_t size);

/* Say which rule is broken and by what: the same contract. */
size_t match_breach_text(enum match_language language,
			 const struct match_breach *breach,
			 const struct match_posting *posting, char *out,
			 size_t size);

#endif
