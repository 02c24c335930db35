/*
 * guidance.h - which skills and certificates would help a student: counted over
 * the best postings that he could have if he held whatever is asked.
 *
 * from  docs/guidance.md
 */
#ifndef RECORDS_GUIDANCE_H
#define RECORDS_GUIDANCE_H

#include "base/arena.h"
#include "matcher/align.h"
#include "wire/json_write.h"

/* A posting within reach. */
struct guidance_posting {
	const struct match_ask *asks;	/* their names live in the arena */
	size_t ask_count;
	uint64_t held;			/* bit i: asks[i] is held */
	uint64_t missing;		/* required ones that are not */
	int64_t pay_fen;		/* the least of a month; 0: not said */
	int64_t openings;		/* 0: it closed a moment ago */
};

/* What one posting is to a student. False: even with all that it requires he
 * could not have it. in: the posting's asks are his as said above */
MUST_CHECK bool guidance_reads(const struct match_terms *terms,
			       const struct match_student *student,
			       const struct match_posting *posting,
			       struct guidance_posting *out);

/*
 * The members `openings` and `skills`, into the open object. Of a word that he
 * lacks: how many postings ask for it, and require it; which it alone would
 * open to him; and what those that ask for it pay.
 *
 * ties  more postings opened, then more that ask, then by name
 */
void guidance_write(struct json_writer *w, struct arena *mem,
		    const struct guidance_posting *postings, size_t count);

#endif
