/*
 * GET /v1/postings/{posting_id}/job-posting - the posting as schema.org's
 * JobPosting in JSON-LD, for systems that know no other words.
 *
 * from  schema.org/JobPosting
 */
#include "endpoints/posting_steps.h"
#include "records/job_posting.h"
#include "records/job_posting_write.h"
#include "records/members.h"

/* Columns of schema/queries/posting_as_job.sql behind those of a JobPosting. */
enum { VERSION = JOB_COLUMNS, OWN_WORDS };

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

/* A literal, so that no reader of JSON-LD takes its members for others'. */
static void write_own_words(struct json_writer *w, const struct rows *r)
{
	json_key(w, JOB_POSTING_EXTENSION);
	json_object(w);
	json_member_text(w, "@type", "@json");
	member_json(w, "@value", CELL(r, 0, OWN_WORDS));
	json_end(w);
}

static enum flow_next reply_job(struct flow *f)
{
	struct json_writer *w;

	reply_etag(f, rows_int(f->rows, 0, VERSION));
	w = reply_json(f, 200);
	json_object(w);
	job_posting_members(w, f->rows);
	write_own_words(w, f->rows);
	json_end(w);
	return FLOW_DONE;
}
