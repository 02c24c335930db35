/*
 * job_posting_write.h - a posting in the words of schema.org, written.
 *
 * from  schema.org/JobPosting; docs/postings.md
 */
#ifndef RECORDS_JOB_POSTING_WRITE_H
#define RECORDS_JOB_POSTING_WRITE_H

#include "wire/json_write.h"
#include "wire/rows.h"

/* The columns that statements for it begin with. */
enum job_column { JOB_ID, JOB_TITLE, JOB_DESCRIPTION, JOB_KIND,
		  JOB_PUBLISHED_AT, JOB_CLOSES_AT, JOB_OPENINGS, JOB_PAY_MIN,
		  JOB_PAY_MAX, JOB_EDUCATION, JOB_SKILLS, JOB_REF_SYSTEM,
		  JOB_REF, JOB_ADDRESS, JOB_COUNTY, JOB_CITY, JOB_PROVINCE,
		  JOB_DIVISION, JOB_ENTERPRISE, JOB_USCC, JOB_INDUSTRY,
		  JOB_OCCUPATION, JOB_OCCUPATION_CODE, JOB_COLUMNS };

/*
 * The members of the JobPosting in the first row, into the open object. What
 * is not known is left out, as schema.org has it; pay is yuan, exactly.
 */
void job_posting_members(struct json_writer *w, const struct rows *rows);

#endif
