/*
 * work_import_pairs.c - see work_import_pairs.h. Students and postings come
 * each by one statement, in the order of the rows; what is not there is a gap.
 */
#include "commands/work_import_pairs.h"

#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "matcher/explain.h"
#include "records/law.h"
#include "records/match_input.h"
#include "records/rarity.h"

/* Columns of schema/queries/import_pair_rows.sql. */
enum { ROW_N, ROW_ID, ROW_NUMBER, ROW_POSTING, ROW_FIRST, ROW_LAST };
/* Behind those of records/match_input.h. */
enum { STUDENT_N = MATCH_STUDENT_COLUMNS, POSTING_N = MATCH_POSTING_COLUMNS,
       BREACH_BYTES = 256 };

struct import_pairs {
	struct match_policy policy;
	struct match_ties ties;
	struct rarity *rarity;
};

/* One batch. */
struct judging {
	struct import_work *w;
	const struct import_pairs *pairs;
	struct arena *mem;		/* of one row */
	struct rows *rows, *students, *postings;
	int student, posting;		/* the next of each */
	struct json_writer sound, refused;
	struct judged_pairs *out;
};

/* A row, and what is found of it. */
struct nominee {
	int row;
	struct match_student student;
	struct match_posting posting;
	struct match_fit fit;
	struct flaws flaws;
};

void judged_pairs_close(struct judged_pairs *j)
{
	buf_close(&j->sound);
	buf_close(&j->refused);
}

/* ---- terms ---- */

static void close_rarity(void *rarity)
{
	rarity_close(rarity);
}

static bool load_terms(struct import_work *w, struct import_pairs *p,
		       struct fault *fault)
{
	struct rows *policy = SYNC_ASK(w->s, fault, SQL_POLICY_FOR_MATCH,
				       w->consortium, NULL);
	struct rows *ties = policy ? SYNC_ASK(w->s, fault, SQL_SPECIALTY_TIES,
					      NULL) : NULL;
	struct rows *words = ties ? SYNC_ASK(w->s, fault, SQL_RARITY_WORDS,
					     w->consortium, NULL) : NULL;

	if (words) {
		match_policy_from_rows(&p->policy, policy);
		match_ties_from_rows(&p->ties, w->mem, ties);
		p->rarity = rarity_open(words);
		arena_on_reset(w->mem, close_rarity, p->rarity);
		p->policy.rarity_edition = rarity_edition(p->rarity);
		rows_release(words);
	}
	if (ties)
		rows_release(ties);
	if (policy)
		rows_release(policy);
	return words != NULL;
}

static bool find_terms(struct import_work *w, struct fault *fault)
{
	struct import_pairs *p;

	if (w->pairs)
		return true;
	p = arena_new(w->mem, struct import_pairs);
	if (!load_terms(w, p, fault))
		return false;
	w->pairs = p;
	return true;
}

/* ---- a pair ---- */

static void blame(struct nominee *p, const char *where, const char *code,
		  const struct flaw *words)
{
	flaws_add(&p->flaws, where, code, words->english, words->chinese);
}

static const char *breach_text(struct nominee *p, const struct match_breach *b,
			       enum match_language language)
{
	char *text = arena_array(p->flaws.mem, char, BREACH_BYTES);

	match_breach_text(language, b, &p->posting, text, BREACH_BYTES);
	return text;
}

static void blame_breaches(struct nominee *p)
{
	for (size_t i = 0; i < p->fit.breach_count; i++) {
		const struct match_breach *b = &p->fit.breaches[i];

		if (b->action == MATCH_BLOCK)
			flaws_add(&p->flaws, "posting_id", "not-allowed",
				  breach_text(p, b, MATCH_ENGLISH),
				  breach_text(p, b, MATCH_CHINESE));
	}
}

/* The row's days in the place of the posting's. */
static void take_days(struct judging *j, struct nominee *p)
{
	static const struct flaw none = { .english = "is required",
					  .chinese = "必填" };
	static const struct flaw order = {
		.english = "the last day is after the first",
		.chinese = "结束日期必须晚于开始日期"
	};
	const char *first = rows_text(j->rows, p->row, ROW_FIRST);
	const char *last = rows_text(j->rows, p->row, ROW_LAST);

	if (*first)
		must(clock_date(first, &p->posting.from));
	if (*last)
		must(clock_date(last, &p->posting.to));
	if (p->posting.from == MATCH_NO_DAY)
		blame(p, "period_start", "required", &none);
	if (p->posting.to == MATCH_NO_DAY)
		blame(p, "period_end", "required", &none);
	if (!p->flaws.count && p->posting.to <= p->posting.from)
		blame(p, "period_end", "inconsistent", &order);
}

/* Takes over the next row of them if it is of this n. */
static bool take_next(const struct rows *rows, int *next, int column,
		      int64_t n)
{
	if (*next >= rows_count(rows) || rows_int(rows, *next, column) != n)
		return false;
	(*next)++;
	return true;
}

static void find_parties(struct judging *j, struct nominee *p)
{
	static const struct flaw no_student = {
		.english = "is no student of yours", .chinese = "不是本校学生"
	};
	static const struct flaw no_posting = {
		.english = "is no open internship or apprenticeship here",
		.chinese = "没有这个开放的实习或学徒岗位"
	};
	int64_t n = rows_int(j->rows, p->row, ROW_N);

	if (take_next(j->students, &j->student, STUDENT_N, n))
		match_student_from_row(&p->student, j->mem, j->students,
				       j->student - 1);
	else
		blame(p, "student_number", "not-found", &no_student);
	if (take_next(j->postings, &j->posting, POSTING_N, n))
		match_posting_from_row(&p->posting, j->mem, j->postings,
				       j->posting - 1);
	else
		blame(p, "posting_id", "not-found", &no_posting);
}

static void judge(struct judging *j, struct nominee *p)
{
	struct match_terms terms = { .policy = &j->pairs->policy,
				     .ties = &j->pairs->ties };

	find_parties(j, p);
	if (p->flaws.count)
		return;
	take_days(j, p);
	if (p->flaws.count)
		return;
	rarity_weigh(j->pairs->rarity, j->mem, &p->posting);
	match_align(&terms, &p->student, &p->posting, &p->fit);
	if (!p->fit.is_eligible)
		blame_breaches(p);
}

/* ---- telling ---- */

static void write_sound(struct judging *j, const struct nominee *p)
{
	struct json_writer *w = &j->sound;
	char day[CLOCK_TEXT_BYTES];

	json_object(w);
	json_member_int(w, "n", rows_int(j->rows, p->row, ROW_N));
	json_member_text(w, "id", rows_text(j->rows, p->row, ROW_ID));
	json_member_text(w, "student_number",
			 rows_text(j->rows, p->row, ROW_NUMBER));
	json_member_text(w, "posting_id",
			 rows_text(j->rows, p->row, ROW_POSTING));
	clock_date_text(p->posting.from, day);
	json_member_text(w, "first", day);
	clock_date_text(p->posting.to, day);
	json_member_text(w, "last", day);
	json_member_int(w, "score", p->fit.score);
	json_end(w);
}

static void write_refused(struct judging *j, const struct nominee *p)
{
	struct json_writer *w = &j->refused;

	json_object(w);
	json_member_int(w, "n", rows_int(j->rows, p->row, ROW_N));
	json_member_text(w, "status", import_status_words[IMPORT_REJECTED]);
	json_member_null(w, "id");
	json_key(w, "errors");
	import_errors_write(w, &p->flaws);
	json_end(w);
	j->out->refused_count++;
}

static void judge_rows(struct judging *j)
{
	json_begin(&j->sound, &j->out->sound);
	json_array(&j->sound);
	json_begin(&j->refused, &j->out->refused);
	json_array(&j->refused);
	for (int i = 0; i < rows_count(j->rows); i++) {
		struct nominee p = { .row = i };

		flaws_init(&p.flaws, j->mem);
		judge(j, &p);
		if (p.flaws.count)
			write_refused(j, &p);
		else
			write_sound(j, &p);
		arena_reset(j->mem);
	}
	json_end(&j->sound);
	json_end(&j->refused);
	buf_byte(&j->out->sound, '\0');
}

static bool fetch(struct judging *j, const char *values, struct fault *fault)
{
	struct import_work *w = j->w;

	j->rows = SYNC_ASK(w->s, fault, SQL_IMPORT_PAIR_ROWS, values);
	if (!j->rows)
		return false;
	j->students = SYNC_ASK(w->s, fault, SQL_IMPORT_PAIR_STUDENTS,
			       w->consortium, w->owner, values);
	if (!j->students)
		return false;
	j->postings = SYNC_ASK(w->s, fault, SQL_IMPORT_PAIR_POSTINGS,
			       w->consortium, values);
	return j->postings != NULL;
}

static void release(struct rows *rows)
{
	if (rows)
		rows_release(rows);
}

bool import_judge_pairs(struct import_work *w, const char *values,
			struct judged_pairs *out, struct fault *fault)
{
	struct judging j = { .w = w, .out = out };
	bool is_good;

	buf_clear(&out->sound);
	buf_clear(&out->refused);
	out->refused_count = 0;
	if (!find_terms(w, fault))
		return false;
	j.pairs = w->pairs;
	j.mem = arena_open();
	is_good = fetch(&j, values, fault);
	if (is_good)
		judge_rows(&j);
	release(j.rows);
	release(j.students);
	release(j.postings);
	arena_close(j.mem);
	return is_good;
}
