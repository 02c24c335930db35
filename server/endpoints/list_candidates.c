/*
 * GET /v1/postings/{posting_id}/candidates - the best students for a posting,
 * exact, with reasons. Who they are stays hidden: a pseudonym and the facts
 * that match (product.md, "Who does what").
 */
#include <stddef.h>
#include <string.h>

#include "endpoints/ranking.h"
#include "records/match_fit.h"
#include "records/match_input.h"
#include "wire/sql.h"

static flow_step find_posting, rank_students, reply;

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
	.state_bytes = sizeof(struct ranking),
	.query = filter_shape,
	.query_bytes = sizeof(struct candidate_filter),
	.is_paged = true,
	.steps = { find_posting, rank_students, reply },
};

static enum flow_next find_posting(struct flow *f)
{
	struct uuid id;

	if (!path_uuid(f, "posting_id", &id))
		return FLOW_FAIL;
	return ask_one(f, SQL_MATCH_POSTING, P_CONSORTIUM(f), P_UUID(&id),
		       P_OWNER(f), P_BOOL(true));
}

/* The shape has seen to it that there are 2 to 6 characters. */
static bool is_code(const char *text)
{
	size_t digits = strspn(text, "0123456789");

	return !text[digits] && digits % 2 == 0 && *text != '0';
}

static void rank(struct flow *f, const struct match_snapshot *snapshot,
		 const struct match_key *after,
		 struct match_index_ranking *out)
{
	const struct candidate_filter *q = f->query;
	struct ranking *s = f->state;
	struct match_index_student_query query = { .after = after };

	if (q->specialty)
		query.specialty = match_specialty_from_text(q->specialty);
	rarity_weigh(s->rarity, f->mem, &s->posting);
	match_index_students(snapshot, &s->posting, &query, out);
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
	const struct candidate_filter *q = f->query;
	struct ranking *s = f->state;

	if (q->specialty && !is_code(q->specialty)) {
		flaws_add(&f->flaws, "specialty", "malformed",
			  "is not a specialty code of 2, 4 or 6 digits",
			  "不是 2、4 或 6 位的专业代码");
		return fail(f, FAULT_BAD_PARAMETER, "%s", "");
	}
	match_posting_from_row(&s->posting, f->mem, f->rows, 0);
	return rank_live(f, &students);
}

static enum flow_next reply(struct flow *f)
{
	return reply_ranking(f, &students);
}
