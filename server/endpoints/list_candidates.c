/*
 * GET /v1/postings/{posting_id}/candidates - the best students for a posting,
 * exact, with reasons. Who they are stays hidden: a pseudonym and the facts
 * that match (product.md, "Who does what").
 */
#include <stddef.h>

#include "endpoints/matching.h"
#include "records/match_fit.h"
#include "records/match_input.h"
#include "wire/sql.h"

static flow_step find_students;

struct candidate_filter {
	const char *specialty;
};

static const struct field filter_shape[] = {
	TEXT(struct candidate_filter, specialty, 2, 6, OPTIONAL),
	END_OF_FIELDS
};

const struct endpoint list_candidates = {
	.operation = "listCandidates",
	.method = "GET",
	.path = "/v1/postings/{posting_id}/candidates",
	.allow = { [ROLE_ENTERPRISE] = SCOPE_OWN, [ROLE_OFFICE] = SCOPE_ALL },
	.state_bytes = sizeof(struct matching),
	.deadline_ms = 5000,
	.query = filter_shape,
	.query_bytes = sizeof(struct candidate_filter),
	.is_paged = true,
	.steps = { find_policy, find_ties, find_matched_posting, find_students,
		   rank_side, reply_ranking },
};

static void rank_students(struct flow *f, const struct match_key *after)
{
	struct matching *s = f->state;
	struct match_terms terms = matching_terms(f);
	struct match_student_query query = { .after = after };
	size_t count = (size_t)rows_count(f->rows);
	struct match_student *pool = arena_array(f->mem, struct match_student,
						 count);

	for (size_t i = 0; i < count; i++)
		match_student_from_row(&pool[i], f->mem, f->rows, (int)i);
	s->students = (struct match_student_pool){ pool, count };
	match_rank_students(&terms, &s->posting, &s->students, &query,
			    &s->ranking);
}

static void write_candidate(struct flow *f, struct json_writer *w,
			    const struct match_rank_entry *entry)
{
	struct matching *s = f->state;
	struct match_terms terms = matching_terms(f);
	const struct match_student *student = &s->students.at[entry->index];
	int row = (int)entry->index;
	struct match_fit fit;

	match_align(&terms, student, &s->posting, &fit);
	json_object(w);
	json_member_text(w, "student_id", rows_text(f->rows, row, 0));
	json_member_text(w, "specialty_code", rows_text(f->rows, row, 1));
	json_member_int(w, "entry_year", rows_int(f->rows, row, 2));
	match_fit_members(w, &fit, &s->posting, matching_language(f));
	json_end(w);
}

static struct match_key key_of(const struct matching *s,
			       const struct match_rank_entry *entry)
{
	return match_student_key(&s->students, entry);
}

static enum flow_next find_students(struct flow *f)
{
	static const struct matching_side students = { rank_students,
						       write_candidate,
						       key_of };
	const struct candidate_filter *q = f->query;
	struct matching *s = f->state;

	take_posting(f);
	s->side = &students;
	return ask(f, SQL_MATCH_STUDENTS, P_CONSORTIUM(f),
		   P_TEXT(q->specialty));
}
