/*
 * GET /v1/students/{student_id}/matches - the best postings for a student,
 * exact, each with its score and the reasons; of those that filters and words
 * let through.
 */
#include <stddef.h>
#include <string.h>

#include "endpoints/posting_search.h"
#include "records/codes.h"
#include "records/match_fit.h"
#include "records/match_input.h"
#include "records/posting.h"
#include "wire/fold.h"
#include "wire/sql.h"

static const struct field filter_shape[] = {
	ENUM(struct posting_filter, kind, posting_kind_words, OPTIONAL),
	CODE(struct posting_filter, division, 6, 6, code_check_division,
	     OPTIONAL),
	TIDY_CODE(struct posting_filter, specialty, 2, 6,
		  code_check_specialty_target, code_tidy_specialty, OPTIONAL),
	UUID(struct posting_filter, enterprise_id, OPTIONAL),
	INT(struct posting_filter, pay_fen, 1, 100000000, OPTIONAL),
	DATE(struct posting_filter, period_from, OPTIONAL),
	DATE(struct posting_filter, period_to, OPTIONAL),
	ENUM(struct posting_filter, education, education_words, OPTIONAL),
	TIME(struct posting_filter, published_since, OPTIONAL),
	TEXT(struct posting_filter, q, 1, 200, OPTIONAL),
	END_OF_FIELDS
};

static flow_step check_period, find_student, rank_postings, reply_found,
	reply_none;

const struct endpoint list_matches = {
	.operation = "listMatches",
	.method = "GET",
	.path = "/v1/students/{student_id}/matches",
	.allow = { [ROLE_STUDENT] = SCOPE_OWN,
		   [ROLE_SCHOOL] = SCOPE_OWN,
		   [ROLE_OFFICE] = SCOPE_ALL },
	.state_bytes = sizeof(struct ranking),
	.query = filter_shape,
	.query_bytes = sizeof(struct posting_filter),
	.is_paged = true,
	.rate = RATE_SEARCH,
	.steps = { check_period, find_student, rank_postings, reply_found,
		   reply_none },
};

static enum flow_next check_period(struct flow *f)
{
	const struct posting_filter *q = f->query;

	if (!q->period_from || !q->period_to ||
	    strcmp(q->period_from, q->period_to) <= 0)
		return FLOW_NEXT;
	flaws_add(&f->flaws, "period_to", "inconsistent",
		  "must not be before period_from", "不得早于 period_from");
	return fail(f, FAULT_BAD_PARAMETER, "%s", "");
}

static enum flow_next find_student(struct flow *f)
{
	struct uuid id;

	if (!path_uuid(f, "student_id", &id))
		return FLOW_FAIL;
	return ask_one(f, SQL_MATCH_STUDENT, P_CONSORTIUM(f), P_UUID(&id),
		       P_OWNER(f));
}

/* Those that the words stand in, as slots. */
static enum flow_next mark(struct flow *f, const struct feed_view *view,
			   struct match_search_marks *marks)
{
	const struct posting_filter *q = f->query;
	const char *text = fold_text(f->mem, q->q);
	const struct match_search_query query = {
		.text = { text, (uint32_t)strlen(text) },
	};
	struct match_error error;

	if (match_search_mark(view->words, &query, marks, &error))
		return FLOW_NEXT;
	return fail_search(f, &error);
}

static enum flow_next rank(struct flow *f, const struct feed_view *view,
			   const struct match_key *after,
			   struct match_index_ranking *out)
{
	const struct posting_filter *q = f->query;
	struct match_index_query query = posting_filter_of_ranking(q);
	struct match_search_marks marks = { .bits = NULL };
	struct ranking *s = f->state;

	query.after = after;
	if (q->q && mark(f, view, &marks) == FLOW_FAIL)
		return FLOW_FAIL;
	query.only = marks.bits;
	query.only_count = marks.count;
	match_index_postings(view->ranking, &s->student, &query, out);
	match_search_marks_free(&marks);
	return FLOW_NEXT;
}

/* The names of what is asked outlive the snapshot. */
static void keep_asks(struct flow *f, struct match_posting *posting)
{
	struct match_ask *asks =
		arena_array(f->mem, struct match_ask, posting->ask_count);

	for (size_t i = 0; i < posting->ask_count; i++) {
		asks[i] = posting->asks[i];
		asks[i].name.at = arena_text(f->mem, asks[i].name.at,
					     asks[i].name.bytes);
	}
	posting->asks = asks;
}

static void take(struct flow *f, const struct match_snapshot *snapshot,
		 uint32_t slot, struct ranked *out)
{
	const struct ranking *s = f->state;
	struct match_terms terms = match_snapshot_terms(snapshot);
	struct match_index_posting_facts facts;

	must(match_snapshot_posting(snapshot, slot, &facts));
	match_align(&terms, &s->student, &facts.posting.facts, &out->fit);
	out->posting = facts.posting.facts;
	keep_asks(f, &out->posting);
	out->posting.targets = NULL;
	out->posting.target_count = 0;
}

enum { TITLE_COLUMN, KIND_COLUMN, ENTERPRISE_COLUMN, NAME_COLUMN };

static void write_match(struct flow *f, struct json_writer *w, size_t i)
{
	const struct ranking *s = f->state;
	const struct ranked *ranked = &s->ranked[i];
	int row = (int)i;

	if (rows_is_null(f->rows, row, TITLE_COLUMN))
		return;		/* it closed a moment ago */
	json_object(w);
	json_member_uuid(w, "posting_id", &ranked->id);
	json_member_text(w, "title", rows_text(f->rows, row, TITLE_COLUMN));
	json_member_text(w, "kind", rows_text(f->rows, row, KIND_COLUMN));
	json_member_text(w, "enterprise_id",
			 rows_text(f->rows, row, ENTERPRISE_COLUMN));
	json_member_text(w, "enterprise_name",
			 rows_text(f->rows, row, NAME_COLUMN));
	match_fit_members(w, &ranked->fit, &ranked->posting,
			  ranking_language(f));
	json_end(w);
}

static const struct ranking_side postings = { rank, take, write_match };

static enum flow_next rank_postings(struct flow *f)
{
	struct ranking *s = f->state;
	struct uuids *ids = arena_new(f->mem, struct uuids);
	struct uuid *at;
	enum flow_next next;

	match_student_from_row(&s->student, f->mem, f->rows, 0);
	next = rank_live(f, &postings);
	if (next != FLOW_NEXT)
		return next;
	at = arena_array(f->mem, struct uuid, s->count);
	for (size_t i = 0; i < s->count; i++)
		at[i] = s->ranked[i].id;
	*ids = (struct uuids){ at, s->count };
	return ask(f, SQL_POSTING_CARDS, P_CONSORTIUM(f), P_UUIDS(ids));
}

/* Nothing found: is it that a code is no code? */
static enum flow_next reply_found(struct flow *f)
{
	const struct ranking *s = f->state;

	if (s->count || !posting_filter_has_codes(f->query))
		return reply_ranking(f, &postings);
	return ask_unknown_filters(f);
}

static enum flow_next reply_none(struct flow *f)
{
	return posting_filters_are_known(f) ? reply_ranking(f, &postings)
					    : FLOW_FAIL;
}
