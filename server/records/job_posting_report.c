/*
 * job_posting_report.c - postings read from JobPostings on their way to
 * PostgreSQL, and what became of them on its way back.
 */

#include "base/text.h"
#include "records/job_posting.h"

/* Columns of job_postings_take.sql. */
enum { PLACE, POSTING_ID_COLUMN, OUTCOME, TROUBLE, STATE };

enum outcome { CREATED, REPLACED, UNCHANGED, REFUSED, OUTCOMES };

static const char *const outcome_words[OUTCOMES] = {
	"created", "replaced", "unchanged", "refused" };

void job_postings_write(const struct job_postings *jobs, struct buf *out)
{
	struct json_writer w;

	json_begin(&w, out);
	json_array(&w);
	for (size_t i = 0; i < jobs->count; i++) {
		const struct job_posting *job = &jobs->at[i];

		if (job->flaws.count)
			continue;
		json_object(&w);
		json_member_int(&w, "place", (int64_t)i);
		json_member_text(&w, "tax_id", job->tax_id);
		json_member_bool(&w, "is_publishable", !job->barred.count);
		json_member_text(&w, "valid_through", job->valid_through);
		json_key(&w, "posting");
		json_object(&w);
		json_member_uuid(&w, "id", &job->id);
		fields_write(&w, posting_new_shape, &job->posting);
		json_end(&w);
		json_end(&w);
	}
	json_end(&w);
	buf_byte(out, '\0');
}

bool job_postings_write_flawed(const struct job_postings *jobs,
			       struct buf *out)
{
	struct json_writer w;
	bool all_are_known = true;

	json_begin(&w, out);
	json_array(&w);
	for (size_t i = 0; i < jobs->count; i++) {
		const struct posting *p = &jobs->at[i].posting;

		if (!jobs->at[i].flaws.count)
			continue;
		if (!p->ref || !p->ref_system) {
			all_are_known = false;
			continue;
		}
		json_object(&w);
		json_member_text(&w, "ref_system", p->ref_system);
		json_member_text(&w, "ref", p->ref);
		json_end(&w);
	}
	json_end(&w);
	buf_byte(out, '\0');
	return all_are_known;
}

/* ---- the report ---- */

struct reporting {
	struct json_writer *w;
	bool is_chinese;
};

static void write_detail(const struct reporting *r, const char *english,
			 const char *chinese)
{
	json_member_text(r->w, "detail", r->is_chinese ? chinese : english);
}

static void write_notes(const struct reporting *r, const char *name,
			const struct flaws *notes)
{
	json_key(r->w, name);
	json_array(r->w);
	for (const struct flaw *n = notes->first; n; n = n->next) {
		json_object(r->w);
		json_member_text(r->w, "member", n->where);
		write_detail(r, n->english, n->chinese);
		json_end(r->w);
	}
	json_end(r->w);
}

static void write_error(const struct reporting *r, const char *pointer,
			const char *code, const char *const said[2])
{
	json_object(r->w);
	json_member_text(r->w, "pointer", pointer);
	json_member_text(r->w, "code", code);
	write_detail(r, said[0], said[1]);
	json_end(r->w);
}

static void write_flaws(const struct reporting *r, const struct flaws *flaws)
{
	for (const struct flaw *f = flaws->first; f; f = f->next)
		write_error(r, f->where, f->code,
			    (const char *[]){ f->english, f->chinese });
}

/* What PostgreSQL may say of one: the name of a constraint, or of a member
 * whose code is unknown. */
static const struct {
	const char *trouble, *pointer, *code, *english, *chinese;
} troubles[] = {
	{ "another_employer", "#/hiringOrganization", "not-allowed",
	  "has the credit code of another enterprise",
	  "taxID 是其他单位的统一社会信用代码" },
	{ "targets", "#/targets", "unknown-code",
	  "is not in the official list", "不在官方代码表中" },
	{ "occupation_code", "#/occupation_code", "unknown-code",
	  "is not in the official list", "不在官方代码表中" },
	{ "division_code", "#/division_code", "unknown-code",
	  "is not in the official list", "不在官方代码表中" },
	{ "posting_agreed_stays", "#", "not-allowed",
	  "what the school agreed to stays while the posting is published",
	  "岗位发布期间，与学校约定的内容不能更改" },
	{ "posting_cooperation_keeps_kind", "#/kind", "not-allowed",
	  "is what a school was asked to hold",
	  "已向学校提出合作，不能更改" },
	{ "posting_by_ref", "#/ref", "duplicate",
	  "another posting has come to this reference meanwhile",
	  "另一岗位刚刚使用了此编号" },
	{ "posting_rule_7_1", "#/cooperation", "required",
	  "the school has not agreed to hold it", "合作学校尚未同意" },
	{ "posting_closes_after_publication", "#/closes_at", "out-of-range",
	  "must be after now", "必须晚于当前时间" },
	{ "", "#", "not-allowed", "breaks a rule of postings",
	  "违反岗位信息规则" },
};

static void write_trouble(const struct reporting *r, const char *trouble)
{
	size_t i = 0;

	while (i + 1 < COUNT_OF(troubles) &&
	       !text_same(troubles[i].trouble, trouble))
		i++;
	write_error(r, troubles[i].pointer, troubles[i].code,
		    (const char *[]){ troubles[i].english,
				      troubles[i].chinese });
}

static void write_errors(const struct reporting *r,
			 const struct job_posting *job, const char *trouble)
{
	json_key(r->w, "errors");
	json_array(r->w);
	write_flaws(r, &job->flaws);
	if (text_same(trouble, "not_publishable"))
		write_flaws(r, &job->barred);
	else if (*trouble)
		write_trouble(r, trouble);
	json_end(r->w);
	json_key(r->w, "to_publish");
	json_array(r->w);
	write_flaws(r, &job->barred);
	json_end(r->w);
}

static void write_taken(const struct reporting *r,
			const struct job_posting *job)
{
	json_key(r->w, "taken");
	json_array(r->w);
	for (size_t i = 0; i < job->taken.count; i++)
		json_text(r->w, job->taken.at[i]);
	json_end(r->w);
}

static void write_job(const struct reporting *r, const struct job_posting *job,
		      const struct rows *rows, int row)
{
	bool is_told = row >= 0;
	const char *outcome = is_told ? rows_text(rows, row, OUTCOME) :
			      outcome_words[REFUSED];

	json_object(r->w);
	json_member_int(r->w, "index", (int64_t)job->index);
	json_member_text(r->w, "outcome", outcome);
	if (is_told && !rows_is_null(rows, row, POSTING_ID_COLUMN))
		json_member_text(r->w, "posting_id",
				 rows_text(rows, row, POSTING_ID_COLUMN));
	else
		json_member_null(r->w, "posting_id");
	json_member_text(r->w, "state", is_told && !rows_is_null(
				 rows, row, STATE) ?
			 rows_text(rows, row, STATE) : NULL);
	json_member_text(r->w, "ref_system", job->posting.ref_system);
	json_member_text(r->w, "ref", job->posting.ref);
	json_member_text(r->w, "title", job->posting.title);
	json_member_text(r->w, "date_posted", job->date_posted);
	json_member_text(r->w, "valid_through", job->valid_through);
	write_taken(r, job);
	write_notes(r, "assumed", &job->assumed);
	write_notes(r, "not_understood", &job->left);
	write_errors(r, job, is_told ? rows_text(rows, row, TROUBLE) : "");
	json_end(r->w);
}

static enum outcome outcome_of(const char *word)
{
	int i = 0;

	while (i < REFUSED && !text_same(outcome_words[i], word))
		i++;
	return (enum outcome)i;
}

/* The rows behind those with a place. */
static void write_closed(struct json_writer *w, const struct rows *rows,
			 int row)
{
	if (!rows || row == rows_count(rows))
		return;
	json_key(w, "closed");
	json_array(w);
	for (; row < rows_count(rows); row++)
		json_text(w, rows_text(rows, row, POSTING_ID_COLUMN));
	json_end(w);
}

void job_postings_report(struct json_writer *w,
			 const struct job_postings *jobs,
			 const struct rows *rows, bool is_chinese)
{
	struct reporting r = { w, is_chinese };
	int64_t counts[OUTCOMES] = { 0 };
	int row = 0;

	json_key(w, "items");
	json_array(w);
	for (size_t i = 0; i < jobs->count; i++) {
		bool is_told = rows && row < rows_count(rows) &&
			       !rows_is_null(rows, row, PLACE) &&
			       rows_int(rows, row, PLACE) == (int64_t)i;

		counts[is_told ? outcome_of(rows_text(rows, row, OUTCOME)) :
				 REFUSED]++;
		write_job(&r, &jobs->at[i], rows, is_told ? row : -1);
		row += is_told;
	}
	json_end(w);
	write_closed(w, rows, row);
	json_key(w, "counts");
	json_object(w);
	for (int i = 0; i < OUTCOMES; i++)
		json_member_int(w, outcome_words[i], counts[i]);
	json_member_int(w, "others", (int64_t)jobs->others);
	json_end(w);
}
