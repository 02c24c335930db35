/*
 * Documents of others' postings. Whatever the bytes: what is read is bounded,
 * every note and flaw has words, the name of a posting is short, and what goes
 * to PostgreSQL is JSON in UTF-8, the same when it is read again.
 */
#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "records/posting_feed.h"
#include "wire/fold.h"

enum { JOBS_MAX = 8, VALUES_MAX = 100000 };

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t bytes);

static const struct division_name divisions[] = {
	{ "330000", "浙江省", 9, 6 },
	{ "330100", "杭州市", 9, 6 },
	{ "330106", "西湖区", 9, 0 },
};

static void check_notes(const struct flaws *notes)
{
	for (const struct flaw *n = notes->first; n; n = n->next) {
		must(text_is_utf8(n->where, strlen(n->where)));
		must(*n->english && *n->chinese);
	}
}

static void check_job(const struct job_posting *job)
{
	const struct posting *p = &job->posting;

	check_notes(&job->assumed);
	check_notes(&job->left);
	check_notes(&job->flaws);
	check_notes(&job->barred);
	if (job->flaws.count)
		return;
	must(p->title && text_scalars(p->title, strlen(p->title)) <= 100);
	must(p->kind && p->division_code && p->description);
	must(!p->ref == !p->ref_system);
	must(!p->ref || text_scalars(p->ref, strlen(p->ref)) <= 128);
	must((p->pay_min_fen == INT_NONE) == (p->pay_max_fen == INT_NONE));
}

static void check_written(struct arena *mem, const struct job_postings *jobs)
{
	struct buf out = { NULL, 0, 0 };
	const struct tree *tree;
	const char *why;

	job_postings_write(jobs, &out);
	must(text_is_utf8(out.at, out.used - 1));
	must(tree_read(mem, (struct tree_text){ out.at, out.used - 1 },
		       VALUES_MAX, &tree, &why));
	must(tree_count(tree) <= jobs->count);
	buf_clear(&out);
	(void)job_postings_write_flawed(jobs, &out);
	must(text_is_utf8(out.at, out.used - 1));
	buf_close(&out);
}

static void read_as(const char *media_type, const char *text, size_t bytes)
{
	struct arena *mem = arena_open();
	struct division_name copy[COUNT_OF(divisions)];
	struct division_names names = { copy, COUNT_OF(divisions) };
	struct job_reading reading = { .mem = mem, .divisions = &names,
				       .needs_ref = true, .most = JOBS_MAX };
	struct feed_document document = { media_type, { text, bytes } };
	struct job_postings jobs = { 0 };

	memcpy(copy, divisions, sizeof(divisions));
	if (feed_document_read(&reading, &document, &jobs) !=
	    FEED_DOCUMENT_MALFORMED) {
		must(jobs.count <= JOBS_MAX);
		for (size_t i = 0; i < jobs.count; i++)
			check_job(&jobs.at[i]);
		check_written(mem, &jobs);
	}
	arena_close(mem);
}

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t bytes)
{
	static bool is_open;
	struct buf text = { NULL, 0, 0 };

	is_open = is_open || fold_open();
	must(is_open);
	buf_bytes(&text, at, bytes);
	buf_byte(&text, '\0');
	read_as("application/ld+json", text.at, bytes);
	read_as("application/jsonl", text.at, bytes);
	buf_close(&text);
	return 0;
}
