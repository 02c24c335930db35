/*
 * job_posting_read.h - one JobPosting under way: facts are gathered as JSON by
 * the posting's own members, so that the posting's table has the last word.
 * Only job_posting*.c include it.
 */
#ifndef RECORDS_JOB_POSTING_READ_H
#define RECORDS_JOB_POSTING_READ_H

#include "records/job_posting.h"

enum { JOB_FACTS_MAX = 32, JOB_TAKEN_MAX = 32 };

struct job_read {
	struct arena *mem;
	const struct job_reading *reading;
	struct job_posting *job;
	const struct tree *node;
	const char *fact[JOB_FACTS_MAX];	/* JSON, by posting_new_shape */
};

/* What schema.org says in many forms: a text, a number, {"@value"}, {"name"},
 * or the first of several. NULL: nothing of that. */
const char *job_text(struct job_read *r, const struct tree *value);

/* One value, or those of an array. */
size_t job_count(const struct tree *value);
const struct tree *job_at(const struct tree *value, size_t i);

void job_fact_text(struct job_read *r, const char *name, const char *text);
void job_fact_int(struct job_read *r, const char *name, int64_t value);
void job_fact_texts(struct job_read *r, const char *name,
		    const struct texts *texts);

/* Notes by the member of the JobPosting; texts are static. */
void job_took(struct job_read *r, const char *member);
void job_assumed(struct job_read *r, const char *member, const char *english,
		 const char *chinese);
void job_left(struct job_read *r, const char *member, const char *english,
	      const char *chinese);

/* Takes the member's value, or says why not. */
typedef void job_taker(struct job_read *r, const char *member,
		       const struct tree *value);
job_taker job_take_pay, job_take_employment, job_take_education,
	job_take_skills, job_take_occupation, job_take_place;

#endif
