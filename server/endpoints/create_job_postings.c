/*
 * POST /v1/postings/job-posting - an enterprise's postings in the words of
 * schema.org: each becomes a draft, or replaces the posting of its reference.
 * Nothing of a document is lost silently: the report names it.
 */
#include "endpoints/posting_steps.h"
#include "records/job_posting.h"
#include "wire/sql.h"

enum { BODY_MAX_BYTES = 2 * 1024 * 1024, VALUES_MAX = 50000, JOBS_MAX = 200,
       TAKE_DEADLINE_MS = 15000 };

struct taking {
	struct division_names divisions;
	struct job_postings jobs;
	struct buf items;
};

static flow_step find_divisions, read_names, write_drafts, reply_report;

const struct endpoint create_job_postings = {
	.operation = "createJobPostings",
	.method = "POST",
	.path = "/v1/postings/job-posting",
	.allow = { [ROLE_ENTERPRISE] = SCOPE_OWN },
	.deadline_ms = TAKE_DEADLINE_MS,
	.state_bytes = sizeof(struct taking),
	.body_max_bytes = BODY_MAX_BYTES,
	.media_type = "application/ld+json",
	.steps = { find_divisions, read_names, write_drafts, reply_report },
};

static enum flow_next find_divisions(struct flow *f)
{
	return ask(f, SQL_DIVISIONS_ALL);
}

static void close_items(void *items)
{
	buf_close(items);
}

/* On the pool. */
static enum flow_next read_document(struct flow *f)
{
	struct taking *s = f->state;
	struct job_reading reading = { .mem = f->mem,
				       .divisions = &s->divisions,
				       .most = JOBS_MAX };
	const struct tree *document;
	const char *why = "";

	s->divisions = division_names_from_rows(f->mem, f->rows);
	if (!tree_read(f->mem, (struct tree_text){ f->raw, f->raw_bytes },
		       VALUES_MAX, &document, &why))
		return fail(f, FAULT_BAD_JSON, "%s", why);
	job_postings_read(&reading, document, &s->jobs);
	if (s->jobs.count == 0)
		flaws_add(&f->flaws, "#", "not-found",
			  "has no JobPosting of schema.org",
			  "没有 schema.org 的 JobPosting");
	if (s->jobs.count == JOBS_MAX && s->jobs.others)
		flaws_add(&f->flaws, "#", "too-many-items",
			  "must have 200 JobPostings at most, and no other",
			  "至多 200 个 JobPosting");
	if (f->flaws.count)
		return fail_flaws(f);
	job_postings_write(&s->jobs, &s->items);
	return FLOW_NEXT;
}

static enum flow_next read_names(struct flow *f)
{
	struct taking *s = f->state;

	arena_on_reset(f->mem, close_items, &s->items);
	return ponder(f, read_document);
}

static enum flow_next write_drafts(struct flow *f)
{
	struct taking *s = f->state;

	return tell(f, SQL_JOB_POSTINGS_TAKE, P_CONSORTIUM(f), P_OWNER(f),
		    P_ACCOUNT(f), P_TEXT(s->items.at));
}

static enum flow_next reply_report(struct flow *f)
{
	struct taking *s = f->state;
	struct json_writer *w = reply_json(f, 200);

	reply_language(f);
	json_object(w);
	job_postings_report(w, &s->jobs, f->rows, f->lang == LANG_ZH);
	json_end(w);
	return FLOW_DONE;
}
