/*
 * posting_steps.h - what the operations on postings share.
 *
 * from  api-spec/openapi.yaml, "postings"
 */
#ifndef ENDPOINTS_POSTING_STEPS_H
#define ENDPOINTS_POSTING_STEPS_H

#include "flow/flow.h"
#include "records/posting.h"
#include "records/posting_rules.h"

/* Who reads postings. Drafts are kept apart by the statements. */
#define READERS_OF_POSTINGS                                                    \
	{                                                                      \
		[ROLE_STUDENT] = SCOPE_ALL,                                    \
		[ROLE_ENTERPRISE] = SCOPE_ALL,                                 \
		[ROLE_SCHOOL] = SCOPE_ALL,                                     \
		[ROLE_OFFICE] = SCOPE_ALL,                                     \
		[ROLE_INTEGRATOR] = SCOPE_ALL,                                 \
	}

/* How long a posting is to be public. */
struct posting_publication {
	const char *closes_at;
};
extern const struct field posting_publication_shape[];

/* posting_new.sql or posting_change.sql, whose parameters begin alike. */
struct posting_write {
	enum sql_id sql;
	enum db_lane lane;
	const struct uuid *id;
	const struct posting *posting;
	int64_t version;		/* 0: the statement takes none */
};

/* Explains what PostgreSQL may refuse, and asks; any number of rows. */
enum flow_next tell_posting(struct flow *f, const struct posting_write *write);

/* No row was written: asks which of the codes are unknown ... */
enum flow_next ask_unknown(struct flow *f, const struct posting *posting);
/* ... and says so; if none is, the posting was changed meanwhile: `fault`. */
enum flow_next fail_unknown(struct flow *f, enum fault_kind fault);

/* What a row of posting_unknown.sql says, from that column on, as a flaw. */
void blame_unknown_name(struct flaws *flaws, const struct rows *rows, int row,
			int column);

/* The rules that a public posting keeps to. What it broke before was published
 * with a reason; what asks for one anew must be closed and published again. */
struct broken_rule check_changed_posting(struct flow *f,
					 const struct posting *new,
					 const struct posting *old);

/* 422: f->flaws, and the rule if one is broken. */
enum flow_next fail_posting(struct flow *f, struct broken_rule rule);

/* What a write of postings may run into that C has not seen before it. */
extern const struct constraint_flaw posting_refusals[];

/* 201: the draft that f->body has become. */
enum flow_next reply_posting_made(struct flow *f,
				  const struct posting_made *made);

/* The posting of row 0, with its ETag. */
enum flow_next reply_posting(struct flow *f, int status);

#endif
