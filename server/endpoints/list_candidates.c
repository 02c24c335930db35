/*
 * GET /v1/postings/{posting_id}/candidates - the best students for a posting,
 * exact, with reasons. Who they are stays hidden: a pseudonym and the facts
 * that match (product.md, "Who does what").
 */
#include <stddef.h>
#include <string.h>

#include "endpoints/filters.h"
#include "endpoints/ranking.h"
#include "matcher/division.h"
#include "records/codes.h"
#include "records/match_fit.h"
#include "records/match_input.h"
#include "records/posting.h"
#include "wire/sql.h"

struct candidate_filter {
	const char *specialty, *education, *division_code;
};

static const struct field filter_shape[] = {
	TIDY_CODE(struct candidate_filter, specialty, 2, 6,
		  code_check_specialty_target, code_tidy_specialty, OPTIONAL),
	ENUM(struct candidate_filter, education, education_words, OPTIONAL),
	CODE(struct candidate_filter, division_code, 6, 6,
	     code_check_division, OPTIONAL),
	END_OF_FIELDS
};

static flow_step find_posting, rank_students, reply_found, reply_none;

const struct endpoint list_candidates = {
	.operation = "listCandidates",
	.method = "GET",
	.path = "/v1/postings/{posting_id}/candidates",
	.allow = { [ROLE_ENTERPRISE] = SCOPE_OWN, [ROLE_OFFICE] = SCOPE_ALL },
	.state_bytes = sizeof(struct ranking),
	.query = filter_shape,
	.query_bytes = sizeof(struct candidate_filter),
	.is_paged = true,
	.rate = RATE_SEARCH,
	.steps = { find_posting, rank_students, reply_found, reply_none },
};

static enum flow_next find_posting(struct flow *f)
{
	struct uuid id;

	if (!path_uuid(f, "posting_id", &id))
		return FLOW_FAIL;
	return ask_one(f, SQL_MATCH_POSTING, P_CONSORTIUM(f), P_UUID(&id),
		       P_OWNER(f), P_BOOL(true));
}

static enum flow_next rank(struct flow *f, const struct feed_view *view,
			   const struct match_key *after,
			   struct match_index_ranking *out)
{
	const struct candidate_filter *q = f->query;
	struct ranking *s = f->state;
	struct match_index_student_query query = { .after = after };

	if (q->specialty)
		query.specialty = match_specialty_from_text(q->specialty);
	if (q->education)
		query.education = match_education_from_word(q->education);
	if (q->division_code)
		query.home = match_division_from_text(q->division_code);
	rarity_weigh(s->rarity, f->mem, &s->posting);
	match_index_students(view->ranking, &s->posting, &query, out);
	return FLOW_NEXT;
}

static void take(struct flow *f, const struct match_snapshot *snapshot,
		 uint32_t slot, struct ranked *out)
{
	const struct ranking *s = f->state;
	struct match_terms terms = match_snapshot_terms(snapshot);
	struct match_index_student_facts facts;

	must(match_snapshot_student(snapshot, slot, &facts));
	match_align(&terms, &facts.student, &s->posting, &out->fit);
	out->specialty = facts.student.specialty;
	out->entry_year = facts.student.entry_year;
}

static void write_candidate(struct flow *f, struct json_writer *w, size_t i)
{
	const struct ranking *s = f->state;
	const struct ranked *ranked = &s->ranked[i];

	json_object(w);
	json_member_uuid(w, "student_id", &ranked->id);
	json_member_text(w, "specialty_code",
			 arena_print(f->mem, "%u",
				     (unsigned)ranked->specialty));
	json_member_int(w, "entry_year", ranked->entry_year);
	match_fit_members(w, &ranked->fit, &s->posting, ranking_language(f));
	json_end(w);
}

static const struct ranking_side students = { rank, take, write_candidate };

static enum flow_next rank_students(struct flow *f)
{
	struct ranking *s = f->state;

	match_posting_from_row(&s->posting, f->mem, f->rows, 0);
	return rank_live(f, &students);
}

/* Nobody found: is it that a code is no code? */
static enum flow_next reply_found(struct flow *f)
{
	const struct candidate_filter *q = f->query;
	const struct ranking *s = f->state;
	struct filters filters = { .specialty = q->specialty,
				   .division_code = q->division_code };

	if (s->count || !(q->specialty || q->division_code))
		return reply_ranking(f, &students);
	return find_unknown_filters(f, &filters);
}

static enum flow_next reply_none(struct flow *f)
{
	return filters_are_known(f) ? reply_ranking(f, &students) : FLOW_FAIL;
}
