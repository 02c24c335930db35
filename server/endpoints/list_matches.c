/*
 * GET /v1/students/{student_id}/matches - the best postings for a student,
 * exact, each with its score and the reasons.
 */
#include <stddef.h>

#include "endpoints/matching.h"
#include "records/match_fit.h"
#include "records/match_input.h"
#include "wire/sql.h"

struct match_filter {
	const char *kind;
};

static const char *const kind_words[] = { "internship", "job", "apprenticeship",
					  "order_class", NULL };

static const struct field filter_shape[] = {
	ENUM(struct match_filter, kind, kind_words, OPTIONAL),
	END_OF_FIELDS
};

static flow_step find_postings, rank_postings, reply_matches;

const struct endpoint list_matches = {
	.operation = "listMatches",
	.method = "GET",
	.path = "/v1/students/{student_id}/matches",
	.allow = { [ROLE_STUDENT] = SCOPE_OWN,
		   [ROLE_SCHOOL] = SCOPE_OWN,
		   [ROLE_OFFICE] = SCOPE_ALL },
	.state_bytes = sizeof(struct matching),
	.query = filter_shape,
	.query_bytes = sizeof(struct match_filter),
	.is_paged = true,
	.steps = { find_policy, find_ties, find_matched_student, find_postings,
		   rank_postings, reply_matches },
};

static enum flow_next find_postings(struct flow *f)
{
	const struct match_filter *q = f->query;

	take_student(f);
	return ask(f, SQL_MATCH_POSTINGS, P_CONSORTIUM(f), P_TEXT(q->kind),
		   P_NULL);
}

static enum flow_next rank(struct flow *f)
{
	struct matching *s = f->state;
	struct match_terms terms = matching_terms(f);
	struct match_posting_query query = { 0 };
	size_t count = (size_t)rows_count(f->rows);
	struct match_posting *pool = arena_array(f->mem, struct match_posting,
						 count);

	if (!matching_after(f, &query.after))
		return FLOW_FAIL;
	for (size_t i = 0; i < count; i++)
		match_posting_from_row(&pool[i], f->mem, f->rows, (int)i);
	s->postings = (struct match_posting_pool){ pool, count };
	s->ranking.want = (size_t)f->page.limit + 1;
	s->ranking.at = arena_array(f->mem, struct match_rank_entry,
				    s->ranking.want);
	match_rank_postings(&terms, &s->student, &s->postings, &query,
			    &s->ranking);
	return FLOW_NEXT;
}

static enum flow_next rank_postings(struct flow *f)
{
	return ponder(f, rank);
}

static void write_match(struct flow *f, struct json_writer *w,
			const struct match_rank_entry *entry)
{
	struct matching *s = f->state;
	struct match_terms terms = matching_terms(f);
	const struct match_posting *posting = &s->postings.at[entry->index];
	int row = (int)entry->index;
	struct match_fit fit;

	match_align(&terms, &s->student, posting, &fit);
	json_object(w);
	json_member_text(w, "posting_id", rows_text(f->rows, row, 0));
	json_member_text(w, "title",
			 rows_text(f->rows, row, MATCH_POSTING_TITLE_COLUMN));
	json_member_text(w, "kind", rows_text(f->rows, row, 1));
	json_member_text(w, "enterprise_id",
			 rows_text(f->rows, row,
				   MATCH_POSTING_ENTERPRISE_COLUMN));
	json_member_text(w, "enterprise_name",
			 rows_text(f->rows, row,
				   MATCH_POSTING_ENTERPRISE_NAME_COLUMN));
	match_fit_members(w, &fit, posting, matching_language(f));
	json_end(w);
}

static enum flow_next reply_matches(struct flow *f)
{
	struct matching *s = f->state;
	size_t shown = matching_shown(f);
	struct json_writer *w = reply_json(f, 200);

	json_object(w);
	json_key(w, "items");
	json_array(w);
	for (size_t i = 0; i < shown; i++)
		write_match(f, w, &s->ranking.at[i]);
	json_end(w);
	if (shown < s->ranking.count) {
		struct match_key last = match_posting_key(
			&s->postings, &s->ranking.at[shown - 1]);

		reply_next_match(f, &last);
	} else {
		reply_next_match(f, NULL);
	}
	json_end(w);
	return FLOW_DONE;
}
