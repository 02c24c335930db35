/*
 * GET /v1/rounds/{round_id}/students/{student_id}/explanation - what a round
 * made of a student's wishes and why, from the run's documents as
 * `duikou-matcher explain` reads them.
 */
#include <inttypes.h>
#include <stdio.h>

#include "base/text.h"
#include "endpoints/explaining.h"
#include "endpoints/ranking.h"
#include "matcher/rules.h"
#include "records/explained.h"
#include "records/members.h"
#include "wire/sql.h"

struct left_out {
	int64_t rank;		/* 0: the list has changed since */
	struct uuid posting_id;
	const struct match_rule_card *rule;	/* NULL: not open */
	bool has_actual;
	int64_t limit, actual;
};

struct student_page {
	struct explaining run;		/* first: of find_explained_run */
	struct uuid student_id;
	struct explained_student told;
	struct left_out *left_out;
	size_t left_out_count;
};

static flow_step find_student, find_left_out, take_left_out, find_names,
	reply_explanation;

const struct endpoint get_student_explanation = {
	.operation = "getStudentExplanation",
	.method = "GET",
	.path = "/v1/rounds/{round_id}/students/{student_id}/explanation",
	.allow = { [ROLE_STUDENT] = SCOPE_OWN,
		   [ROLE_SCHOOL] = SCOPE_OWN,
		   [ROLE_OFFICE] = SCOPE_ALL },
	.deadline_ms = 20000,
	.state_bytes = sizeof(struct student_page),
	.query = explaining_query,
	.query_bytes = sizeof(struct explaining_query),
	.steps = { find_student, find_explained_run, find_left_out,
		   take_left_out, find_names, reply_explanation },
};

static enum flow_next find_student(struct flow *f)
{
	struct student_page *s = f->state;

	if (!path_uuid(f, "student_id", &s->student_id))
		return FLOW_FAIL;
	return ask_one(f, SQL_STUDENT_OWNER, P_CONSORTIUM(f),
		       P_UUID(&s->student_id), P_OWNER(f));
}

static enum flow_next find_left_out(struct flow *f)
{
	struct student_page *s = f->state;

	take_explained_run(f);
	return ask(f, SQL_RUN_LEFT_OUT_OF, P_CONSORTIUM(f),
		   P_UUID(&s->run.run_id), P_UUID(&s->student_id));
}

/* Columns of schema/queries/run_left_out_of.sql. */
enum { RANK, POSTING, RULE, LIMIT, ACTUAL };

static const struct match_rule_card *card_of(const char *name)
{
	for (int i = 0; i < MATCH_RULE_COUNT; i++)
		if (text_same(match_rule_card((enum match_rule)i)->name, name))
			return match_rule_card((enum match_rule)i);
	return NULL;
}

/* On the explainer's thread. */
static enum flow_next explain(struct flow *f)
{
	struct student_page *s = f->state;
	struct match_error error = { .text = "" };
	const struct match_why *why = explained_run(f);

	if (!why)
		return FLOW_FAIL;
	if (!explained_ask(&s->told, f->mem, why, &s->student_id, &error))
		return fail(f, FAULT_BUG, "explaining: %s", error.text);
	return FLOW_NEXT;
}

static enum flow_next take_left_out(struct flow *f)
{
	struct student_page *s = f->state;

	s->left_out_count = (size_t)rows_count(f->rows);
	s->left_out = arena_array(f->mem, struct left_out, s->left_out_count);
	for (int i = 0; i < rows_count(f->rows); i++)
		s->left_out[i] = (struct left_out){
			.rank = rows_int(f->rows, i, RANK),
			.posting_id = rows_uuid(f->rows, i, POSTING),
			.rule = card_of(rows_text(f->rows, i, RULE)),
			.has_actual = !rows_is_null(f->rows, i, ACTUAL),
			.limit = rows_int(f->rows, i, LIMIT),
			.actual = rows_int(f->rows, i, ACTUAL),
		};
	return ponder_explained(f, explain);
}

static enum flow_next find_names(struct flow *f)
{
	struct student_page *s = f->state;
	const struct uuids *nodes = &s->told.nodes;
	struct uuids all = { arena_array(f->mem, struct uuid, nodes->count +
					 s->left_out_count), 0 };

	for (size_t i = 0; i < nodes->count; i++)
		all.at[all.count++] = nodes->at[i];
	for (size_t i = 0; i < s->left_out_count; i++)
		all.at[all.count++] = s->left_out[i].posting_id;
	return ask(f, SQL_RUN_NODES, P_CONSORTIUM(f), P_UUIDS(&all));
}

/* ---- the reply ---- */

static void write_result(struct json_writer *w, const struct student_page *s,
			 const struct rows *names)
{
	const struct explained_wish *got = NULL;

	json_key(w, "result");
	for (size_t i = 0; i < s->told.wish_count; i++)
		if (s->told.wishes[i].outcome == EXPLAINED_RECEIVED)
			got = &s->told.wishes[i];
	if (!got) {
		json_null(w);
		return;
	}
	json_object(w);
	json_member_uuid(w, "posting_id", &got->posting.id);
	json_member_text(w, "posting_title",
			 explained_name(names, &got->posting.id));
	json_member_int(w, "choice", got->choice);
	json_member_int(w, "score", got->score);
	json_end(w);
}

/* Who has the seed can draw the number again with sha256sum. */
static void write_lottery(struct json_writer *w, const struct student_page *s)
{
	char hex[17], number[24];
	int bytes = snprintf(number, sizeof(number), "%" PRIu64,
			     s->told.lottery);

	json_key(w, "lottery");
	if (!s->told.is_there) {
		json_null(w);
		return;
	}
	snprintf(hex, sizeof(hex), "%016" PRIx64, s->told.lottery);
	json_object(w);
	json_key(w, "number");
	json_raw(w, number, (size_t)bytes);
	json_member_text(w, "hex", hex);
	json_member_text(w, "formula",
			 "first 8 bytes of SHA-256(seed, newline, student id)");
	json_member_text(w, "seed", s->run.seed);
	json_member_text(w, "seed_sha256", s->run.seed_sha256);
	json_member_uuid(w, "student_id", &s->student_id);
	json_end(w);
}

static void write_why(struct flow *f, struct json_writer *w,
		      const struct left_out *one)
{
	bool is_english = f->lang == LANG_EN;

	if (!one->rule)
		json_member_text(w, "because", is_english ?
				 "the posting was not open any more" :
				 "岗位已不再开放");
	else
		json_member_text(w, "because", is_english ?
				 one->rule->text_en : one->rule->text_zh);
	json_member_text(w, "rule", one->rule ? one->rule->name : NULL);
	json_member_text(w, "article", one->rule ? one->rule->article : NULL);
	if (one->rule)
		json_member_int(w, "limit", one->limit);
	else
		json_member_null(w, "limit");
	if (one->has_actual)
		json_member_int(w, "actual", one->actual);
	else
		json_member_null(w, "actual");
}

static void write_left_out(struct flow *f, struct json_writer *w)
{
	struct student_page *s = f->state;

	json_key(w, "left_out");
	json_array(w);
	for (size_t i = 0; i < s->left_out_count; i++) {
		const struct left_out *one = &s->left_out[i];

		json_object(w);
		if (one->rank)
			json_member_int(w, "rank", one->rank);
		else
			json_member_null(w, "rank");
		json_member_uuid(w, "posting_id", &one->posting_id);
		json_member_text(w, "posting_title",
				 explained_name(f->rows, &one->posting_id));
		write_why(f, w, one);
		json_end(w);
	}
	json_end(w);
}

static enum flow_next reply_explanation(struct flow *f)
{
	struct student_page *s = f->state;
	struct json_writer *w;

	reply_language(f);
	w = reply_json(f, 200);
	json_object(w);
	explaining_members(w, &s->run);
	json_member_uuid(w, "student_id", &s->student_id);
	json_member_bool(w, "is_in_run", s->told.is_there);
	write_result(w, s, f->rows);
	write_lottery(w, s);
	json_key(w, "wishes");
	explained_wishes_write(w, f->mem, &s->told, f->rows,
			       ranking_language(f));
	write_left_out(f, w);
	json_key(w, "explanation");
	if (s->told.is_there)
		json_raw(w, s->told.document, s->told.document_bytes);
	else
		json_null(w);
	json_end(w);
	return FLOW_DONE;
}
