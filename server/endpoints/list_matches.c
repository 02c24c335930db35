/*
 * GET /v1/students/{student_id}/matches - the best postings for a student,
 * exact, each with its score and the reasons.
 */
#include <stddef.h>

#include "endpoints/matching.h"
#include "records/match_fit.h"
#include "records/match_input.h"
#include "records/posting.h"
#include "wire/sql.h"

struct match_filter {
	const char *kind;
};

static const struct field filter_shape[] = {
	ENUM(struct match_filter, kind, posting_kind_words, OPTIONAL),
	END_OF_FIELDS
};

static flow_step find_postings;

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
		   rank_side, reply_ranking },
};

static void rank_postings(struct flow *f, const struct match_key *after)
{
	struct matching *s = f->state;
	struct match_terms terms = matching_terms(f);
	struct match_posting_query query = { .after = after };
	size_t count = (size_t)rows_count(f->rows);
	struct match_posting *pool = arena_array(f->mem, struct match_posting,
						 count);

	for (size_t i = 0; i < count; i++)
		match_posting_from_row(&pool[i], f->mem, f->rows, (int)i);
	s->postings = (struct match_posting_pool){ pool, count };
	match_rank_postings(&terms, &s->student, &s->postings, &query,
			    &s->ranking);
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

static struct match_key key_of(const struct matching *s,
			       const struct match_rank_entry *entry)
{
	return match_posting_key(&s->postings, entry);
}

static enum flow_next find_postings(struct flow *f)
{
	static const struct matching_side postings = { rank_postings,
						       write_match, key_of };
	const struct match_filter *q = f->query;
	struct matching *s = f->state;

	take_student(f);
	s->side = &postings;
	return ask(f, SQL_MATCH_POSTINGS, P_CONSORTIUM(f), P_TEXT(q->kind),
		   P_NULL);
}
