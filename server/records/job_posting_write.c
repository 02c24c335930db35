/* job_posting_write.c - see job_posting_write.h. */
#include "records/job_posting_write.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/text.h"
#include "records/job_posting.h"
#include "records/members.h"

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
	member_text(w, "name", CELL(r, 0, JOB_ENTERPRISE));
	member_text(w, "taxID", CELL(r, 0, JOB_USCC));
	json_end(w);
	member_text(w, "industry", CELL(r, 0, JOB_INDUSTRY));
}

static void write_place(struct json_writer *w, const struct rows *r)
{
	open_typed(w, "jobLocation", "Place");
	open_typed(w, "address", "PostalAddress");
	json_member_text(w, "addressCountry", "CN");
	text_if(w, "addressRegion", CELL(r, 0, JOB_PROVINCE));
	text_if(w, "addressLocality", CELL(r, 0, JOB_CITY));
	text_if(w, "streetAddress", CELL(r, 0, JOB_ADDRESS));
	open_typed(w, "identifier", "PropertyValue");
	json_member_text(w, "propertyID", "GB/T 2260");
	member_text(w, "value", CELL(r, 0, JOB_DIVISION));
	member_text(w, "name", CELL(r, 0, JOB_COUNTY));
	json_end(w);
	json_end(w);
	json_end(w);
}

static void write_pay(struct json_writer *w, const struct rows *r)
{
	if (rows_is_null(r, 0, JOB_PAY_MIN))
		return;
	open_typed(w, "baseSalary", "MonetaryAmount");
	json_member_text(w, "currency", "CNY");
	open_typed(w, "value", "QuantitativeValue");
	write_yuan(w, "minValue", rows_int(r, 0, JOB_PAY_MIN));
	write_yuan(w, "maxValue", rows_int(r, 0, JOB_PAY_MAX));
	json_member_text(w, "unitText", "MONTH");
	json_end(w);
	json_end(w);
}

/* The enterprise's own name for it, or ours. */
static void write_identifier(struct json_writer *w, const struct rows *r)
{
	bool has_own = !rows_is_null(r, 0, JOB_REF);

	open_typed(w, "identifier", "PropertyValue");
	if (has_own)
		member_text(w, "name", CELL(r, 0, JOB_REF_SYSTEM));
	else
		json_member_text(w, "name", JOB_POSTING_OWN_SYSTEM);
	member_text(w, "value", CELL(r, 0, has_own ? JOB_REF : JOB_ID));
	json_end(w);
}

static void write_education(struct json_writer *w, const struct rows *r)
{
	static const char *const credentials[] = {
		"professional certificate", "associate degree",
		"bachelor degree" };
	const char *level = rows_text(r, 0, JOB_EDUCATION);

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
	if (rows_is_null(r, 0, JOB_OCCUPATION))
		return;
	open_typed(w, "relevantOccupation", "Occupation");
	member_text(w, "name", CELL(r, 0, JOB_OCCUPATION));
	member_text(w, "occupationalCategory", CELL(r, 0, JOB_OCCUPATION_CODE));
	json_end(w);
}

void job_posting_members(struct json_writer *w, const struct rows *rows)
{
	bool is_job = text_same(rows_text(rows, 0, JOB_KIND), "job");

	json_member_text(w, "@context", "https://schema.org/");
	json_member_text(w, "@type", "JobPosting");
	member_text(w, "title", CELL(rows, 0, JOB_TITLE));
	member_text(w, "description", CELL(rows, 0, JOB_DESCRIPTION));
	write_identifier(w, rows);
	json_member_text(w, "employmentType", is_job ? "FULL_TIME" : "INTERN");
	if (!rows_is_null(rows, 0, JOB_PUBLISHED_AT)) {
		member_time(w, "datePosted", CELL(rows, 0, JOB_PUBLISHED_AT));
		member_time(w, "validThrough", CELL(rows, 0, JOB_CLOSES_AT));
	}
	member_int(w, "totalJobOpenings", CELL(rows, 0, JOB_OPENINGS));
	write_organization(w, rows);
	write_place(w, rows);
	write_pay(w, rows);
	member_texts(w, "skills", CELL(rows, 0, JOB_SKILLS));
	write_education(w, rows);
	write_occupation(w, rows);
}
