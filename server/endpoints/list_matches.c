/*
 * GET /v1/students/{student_id}/matches - the best postings for a student,
 * exact, each with its score and the reasons.
 */
#include <stddef.h>
#include <string.h>

#include "endpoints/ranking.h"
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

static flow_step find_student, rank_postings, reply;

const struct endpoint list_matches = {
	.operation = "listMatches",
	.method = "GET",
	.path = "/v1/students/{student_id}/matches",
	.allow = { [ROLE_STUDENT] = SCOPE_OWN,
		   [ROLE_SCHOOL] = SCOPE_OWN,
		   [ROLE_OFFICE] = SCOPE_ALL },
	.state_bytes = sizeof(struct ranking),
	.query = filter_shape,
	.query_bytes = sizeof(struct match_filter),
	.is_paged = true,
	.steps = { find_student, rank_postings, reply },
};

static enum flow_next find_student(struct flow *f)
{
	struct uuid id;

	if (!path_uuid(f, "student_id", &id))
		return FLOW_FAIL;
	return ask_one(f, SQL_MATCH_STUDENT, P_CONSORTIUM(f), P_UUID(&id),
		       P_OWNER(f));
}

static void rank(struct flow *f, const struct match_snapshot *snapshot,
		 const struct match_key *after,
		 struct match_index_ranking *out)
{
	const struct match_filter *q = f->query;
	struct ranking *s = f->state;
	struct match_index_query query = { .after = after };

	if (q->kind)
		query.kinds = 1u << match_kind_from_word(q->kind);
	match_index_postings(snapshot, &s->student, &query, out);
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

static enum flow_next reply(struct flow *f)
{
	return reply_ranking(f, &postings);
}
