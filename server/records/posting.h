/*
 * posting.h - what an enterprise offers: internship, job, apprenticeship or
 * order class.
 *
 * from  product.md, "Words"; schema/migrations/0004_postings.sql
 */
#ifndef RECORDS_POSTING_H
#define RECORDS_POSTING_H

#include "records/fields.h"
#include "wire/json_write.h"

/* What the enterprise says; how it stands is the server's (POSTING_STATE...).
 * Money is fen a month, INTs may be INT_NONE. */
struct posting {
	struct uuid post_category_id;
	const char *kind, *title;
	int64_t openings;
	struct texts targets;
	const char *occupation_code, *division_code, *address;
	int64_t pay_min_fen, pay_max_fen, pay_standard_fen;
	const char *period_start, *period_end;	/* dates, both included */
	const char *min_education;
	struct texts required_skills, preferred_skills;
	struct texts required_certificates, preferred_certificates;
	int64_t min_age, day_minutes, week_minutes, labour_grade;
	struct texts conditions;	/* words of matcher/conditions.def */
	const char *exception_filing, *ref_system, *ref, *description;
};

extern const struct field posting_new_shape[];	/* of POST */
extern const struct field posting_patch_shape[];/* the same, none required */

/* As files bring it: pay in yuan instead of fen, and until when it is to be
 * public, or NULL: it stays a draft. */
struct posting_sheet {
	struct posting posting;		/* first: its table serves for both */
	const char *pay_min_yuan, *pay_max_yuan, *pay_standard_yuan;
	const char *closes_at;
};
extern const struct field posting_sheet_shape[];

extern const char *const posting_kind_words[];
extern const char *const posting_state_words[];
extern const char *const education_words[];

/* Columns of schema/queries/posting*.sql; from POSTING_FIELDS on those of the
 * field table, in its order. */
enum { POSTING_ID, POSTING_ENTERPRISE_ID, POSTING_FIELDS,
       POSTING_DESCRIPTION = POSTING_FIELDS + 26, POSTING_STATE,
       POSTING_PUBLISHED_AT, POSTING_CLOSES_AT, POSTING_VERSION,
       POSTING_CREATED_AT, POSTING_UPDATED_AT, POSTING_COLUMNS };

/* A row as a JSON object; in a list without its description. */
void posting_write(struct json_writer *w, const struct rows *rows, int row);
void posting_write_item(struct json_writer *w, const struct rows *rows,
			int row);

/* A new draft as a JSON object, by its settled fields and what is new of it. */
struct posting_made {
	const struct uuid *id, *enterprise_id;
	int64_t version;
	const char *created_at;		/* as PostgreSQL writes it */
};
void posting_write_made(struct json_writer *w, const struct posting *p,
			const struct posting_made *made);

#endif
