/*
 * specialty_reading.h - which specialty a row means that gives a name, or
 * only a class, in the place of a code. What is certain is said to be so, and
 * why; for all else there are suggestions, and somebody must choose.
 *
 * from  docs/names.md
 */
#ifndef RECORDS_SPECIALTY_READING_H
#define RECORDS_SPECIALTY_READING_H

#include "records/catalogue.h"

struct specialty_said {
	const char *name;		/* NULL: the row names none */
	const char *class_name;		/* or NULL */
	const char *level;		/* the school's; "" if not known */
};

enum specialty_doubt {
	SPECIALTY_CERTAIN,
	SPECIALTY_UNKNOWN,	/* no official name */
	SPECIALTY_ELSEWHERE,	/* one, but on what level is not certain */
};

/* Why a code is certain; words of the report. */
enum specialty_because {
	BECAUSE_MAPPING,	/* the school said so */
	BECAUSE_CATALOGUE,	/* the name is official */
	BECAUSE_DECORATION,	/* ... without brackets, 专业, 班 and such */
	BECAUSE_CONJUNCTION,	/* ... but for 与, 及, 和 */
	BECAUSE_ENDING,		/* ... but for 技术 at its end */
	BECAUSE_CLASS,		/* ... and is the class's */
	BECAUSE_COUNT
};
extern const char *const specialty_because_words[];

struct specialty_meaning {
	enum specialty_doubt doubt;
	enum specialty_because because;
	const struct catalogue_entry *entry;	/* of what is certain */
	const char *suggestions;	/* a JSON array, or NULL */
};

/* Suggestions for what is asked for often are kept in mem (bounded). */
void specialty_reading_begin(struct catalogue *c, struct arena *mem);

/* out: suggestions live as long as scratch does, or as the catalogue */
void specialty_read(const struct catalogue *c, struct arena *scratch,
		    const struct specialty_said *said,
		    struct specialty_meaning *out);

#endif
