/*
 * GET /v1/postings/{posting_id}/job-posting - the posting as schema.org's
 * JobPosting in JSON-LD, for systems that know no other words.
 *
 * from  schema.org/JobPosting
 */
#include <inttypes.h>
#include <stdio.h>

#include "base/text.h"
#include "endpoints/posting_steps.h"
#include "records/job_posting.h"
#include "records/members.h"

/* Columns of schema/queries/posting_as_job.sql. */
enum { ID, TITLE, DESCRIPTION, KIND, PUBLISHED_AT, CLOSES_AT, OPENINGS,
       PAY_MIN, PAY_MAX, EDUCATION, SKILLS, REF_SYSTEM, REF, ADDRESS, COUNTY,
       CITY, PROVINCE, DIVISION, ENTERPRISE, USCC, INDUSTRY, OCCUPATION,
       OCCUPATION_CODE, VERSION, OWN_WORDS };

static flow_step find_job, reply_job;

const struct endpoint get_job_posting = {
	.operation = "getJobPosting",
	.method = "GET",
	.path = "/v1/postings/{posting_id}/job-posting",
	.allow = READERS_OF_POSTINGS,
	.produces = "application/ld+json",
	.steps = { find_job, reply_job },
};

static enum flow_next find_job(struct flow *f)
{
	struct uuid id;

	if (!path_uuid(f, "posting_id", &id))
		return FLOW_FAIL;
	return ask_one(f, SQL_POSTING_AS_JOB, P_CONSORTIUM(f), P_UUID(&id),
		       P_UUID(&f->actor.owner_id));
}

/* Opens an object under a name, with its type. */
static void open_typed(struct json_writer *w, const char *name,
		       const char *type)
{
	json_key(w, name);
	json_object(w);
	json_member_text(w, "@type", type);
}

/* What is not known is left out, as schema.org has it. */
static void text_if(struct json_writer *w, const char *name, struct cell at)
{
	if (!rows_is_null(at.rows, at.row, at.column))
		member_text(w, name, at);
}

/* Fen as yuan, exactly. */
static void write_yuan(struct json_writer *w, const char *name, int64_t fen)
{
	char yuan[32];
	int bytes = snprintf(yuan, sizeof(yuan), "%" PRId64 ".%02d", fen / 100,
			     (int)(fen % 100));

	json_key(w, name);
	json_raw(w, yuan, (size_t)bytes);
}

static void write_organization(struct json_writer *w, const struct rows *r)
{
	open_typed(w, "hiringOrganization", "Organization");
	member_text(w, "name", CELL(r, 0, ENTERPRISE));
	member_text(w, "taxID", CELL(r, 0, USCC));
	json_end(w);
	member_text(w, "industry", CELL(r, 0, INDUSTRY));
}

static void write_place(struct json_writer *w, const struct rows *r)
{
	open_typed(w, "jobLocation", "Place");
	open_typed(w, "address", "PostalAddress");
	json_member_text(w, "addressCountry", "CN");
	text_if(w, "addressRegion", CELL(r, 0, PROVINCE));
	text_if(w, "addressLocality", CELL(r, 0, CITY));
	text_if(w, "streetAddress", CELL(r, 0, ADDRESS));
	open_typed(w, "identifier", "PropertyValue");
	json_member_text(w, "propertyID", "GB/T 2260");
	member_text(w, "value", CELL(r, 0, DIVISION));
	member_text(w, "name", CELL(r, 0, COUNTY));
	json_end(w);
	json_end(w);
	json_end(w);
}

static void write_pay(struct json_writer *w, const struct rows *r)
{
	if (rows_is_null(r, 0, PAY_MIN))
		return;
	open_typed(w, "baseSalary", "MonetaryAmount");
	json_member_text(w, "currency", "CNY");
	open_typed(w, "value", "QuantitativeValue");
	write_yuan(w, "minValue", rows_int(r, 0, PAY_MIN));
	write_yuan(w, "maxValue", rows_int(r, 0, PAY_MAX));
	json_member_text(w, "unitText", "MONTH");
	json_end(w);
	json_end(w);
}

/* The enterprise's own name for it, or ours. */
static void write_identifier(struct json_writer *w, const struct rows *r)
{
	bool has_own = !rows_is_null(r, 0, REF);

	open_typed(w, "identifier", "PropertyValue");
	if (has_own)
		member_text(w, "name", CELL(r, 0, REF_SYSTEM));
	else
		json_member_text(w, "name", JOB_POSTING_OWN_SYSTEM);
	member_text(w, "value", CELL(r, 0, has_own ? REF : ID));
	json_end(w);
}

static void write_education(struct json_writer *w, const struct rows *r)
{
	static const char *const credentials[] = {
		"professional certificate", "associate degree",
		"bachelor degree" };
	const char *level = rows_text(r, 0, EDUCATION);

	for (int i = 0; education_words[i]; i++)
		if (text_same(level, education_words[i])) {
			open_typed(w, "educationRequirements",
				   "EducationalOccupationalCredential");
			json_member_text(w, "credentialCategory",
					 credentials[i]);
			json_end(w);
		}
}

static void write_occupation(struct json_writer *w, const struct rows *r)
{
	if (rows_is_null(r, 0, OCCUPATION))
		return;
	open_typed(w, "relevantOccupation", "Occupation");
	member_text(w, "name", CELL(r, 0, OCCUPATION));
	member_text(w, "occupationalCategory", CELL(r, 0, OCCUPATION_CODE));
	json_end(w);
}

/* A literal, so that no reader of JSON-LD takes its members for others'. */
static void write_own_words(struct json_writer *w, const struct rows *r)
{
	open_typed(w, JOB_POSTING_EXTENSION, "@json");
	member_json(w, "@value", CELL(r, 0, OWN_WORDS));
	json_end(w);
}

static enum flow_next reply_job(struct flow *f)
{
	const struct rows *r = f->rows;
	bool is_job = text_same(rows_text(r, 0, KIND), "job");
	struct json_writer *w;

	reply_etag(f, rows_int(r, 0, VERSION));
	w = reply_json(f, 200);
	json_object(w);
	json_member_text(w, "@context", "https://schema.org/");
	json_member_text(w, "@type", "JobPosting");
	member_text(w, "title", CELL(r, 0, TITLE));
	member_text(w, "description", CELL(r, 0, DESCRIPTION));
	write_identifier(w, r);
	json_member_text(w, "employmentType", is_job ? "FULL_TIME" : "INTERN");
	if (!rows_is_null(r, 0, PUBLISHED_AT)) {
		member_time(w, "datePosted", CELL(r, 0, PUBLISHED_AT));
		member_time(w, "validThrough", CELL(r, 0, CLOSES_AT));
	}
	member_int(w, "totalJobOpenings", CELL(r, 0, OPENINGS));
	write_organization(w, r);
	write_place(w, r);
	write_pay(w, r);
	member_texts(w, "skills", CELL(r, 0, SKILLS));
	write_education(w, r);
	write_occupation(w, r);
	write_own_words(w, r);
	json_end(w);
	return FLOW_DONE;
}
