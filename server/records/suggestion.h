/*
 * suggestion.h - the specialties that a posting's free text demands, offered
 * with the words that say so.
 *
 * from  matcher/named.h; docs/matching.md, "Specialties named in a text";
 *       schema/queries/specialty_names.sql
 */
#ifndef RECORDS_SUGGESTION_H
#define RECORDS_SUGGESTION_H

#include "base/arena.h"
#include "wire/json_write.h"
#include "wire/rows.h"
#include "wire/shape.h"

/* A name and one of the codes that it stands for. */
struct specialty_name {
	const char *name;		/* folded (wire/fold.h) */
	const char *code;		/* NULL: a field without a class */
	const char *official, *level;	/* of the code */
	bool is_alias;
};

/* Rows of one name stand together. */
struct specialty_names {
	struct specialty_name *at;
	size_t count;
};

/* Rows of specialty_names.sql, copied into mem. */
struct specialty_names specialty_names_from_rows(struct arena *mem,
						 const struct rows *rows);

struct suggestion {
	const char *field;		/* "title", "description" */
	size_t at, length;		/* code points in the field's text */
	const char *words;		/* those, as they stand there */
	bool is_any;			/* "every specialty is welcome" */
	const struct specialty_name *names;	/* what they stand for */
	size_t name_count;
};

struct suggestions {
	struct suggestion *at;
	size_t count;
};

/* A text of a posting, as it was written. */
struct suggesting_text {
	const char *field, *text;
};

/*
 * What the texts demand, in their order; each text's first 64 finds.
 *
 * in    texts are valid UTF-8
 * cost  some milliseconds: not for an event loop
 */
struct suggestions suggestions_find(struct arena *mem,
				    const struct specialty_names *names,
				    const struct suggesting_text *texts,
				    size_t count);

/* What a posting asks already. */
struct suggestion_terms {
	const struct texts *targets;
	const char *min_education;	/* NULL: no matter */
};

/* One as a JSON object; codes below the level asked for are left out. */
void suggestion_write(struct json_writer *w, const struct suggestion *s,
		      const struct suggestion_terms *terms);

#endif
