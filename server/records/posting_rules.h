/*
 * posting_rules.h - what must hold of a posting as a whole, so that a refusal
 * can name every flaw at once. PostgreSQL holds the same (posting_checked)
 * and has the last word.
 *
 * from  rules.md 1 and 6; schema/migrations/0004_postings.sql
 */
#ifndef RECORDS_POSTING_RULES_H
#define RECORDS_POSTING_RULES_H

#include "records/law.h"
#include "records/posting.h"

/* Adds a flaw for whatever of its members contradicts another. */
void posting_check_whole(const struct posting *p, struct flaws *flaws);

/* What the rules ask of besides. */
struct posting_facts {
	bool is_verified;		/* its enterprise */
	const char *industry_code;	/* its enterprise's; NULL: not known */
	uint64_t excused;		/* laws with a reason, 1 << enum law */
};

/*
 * The rules of publication, each with its own flaw.
 *
 * out    flaws has one more for every rule that is broken; what comes back is
 *        the first of them, those that are counted before the others
 * units  minutes, fen a month, grades of labour
 * mem    flaws->mem
 */
struct broken_rule posting_check_public(const struct posting *p,
					const struct posting_facts *facts,
					struct flaws *flaws);

/* Those of kind WARN that it breaks, 1 << enum law: each asks for a reason. */
uint64_t posting_warnings(struct arena *mem, const struct posting *p,
			  const struct posting_facts *facts);

#endif
