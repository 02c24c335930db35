/*
 * PUT /v1/postings/{posting_id}/preferences - the students that an enterprise
 * would have in a round, the whole list, best first. It knows them by
 * pseudonyms, and learns of who is not eligible no more than which rule it is.
 */
#include <stddef.h>
#include <string.h>

#include "base/text.h"
#include "endpoints/posting_preferences.h"
#include "records/match_input.h"
#include "wire/sql.h"

enum { RANKED_MAX = 1000 };

struct ranking_new {
	struct uuid round_id;
	struct uuids student_ids;
};

static const struct field ranking_new_shape[] = {
	UUID(struct ranking_new, round_id, REQUIRED),
	UUIDS(struct ranking_new, student_ids, RANKED_MAX,
	      REQUIRED | DISTINCT),
	END_OF_FIELDS
};

static flow_step find_state, find_terms, find_round, find_students,
	put_ranking;

const struct endpoint put_posting_preferences = {
	.operation = "putPostingPreferences",
	.method = "PUT",
	.path = "/v1/postings/{posting_id}/preferences",
	.allow = { [ROLE_ENTERPRISE] = SCOPE_OWN },
	.state_bytes = sizeof(struct posting_preferences),
	.body = ranking_new_shape,
	.body_bytes = sizeof(struct ranking_new),
	.is_conditional = true,
	.steps = { find_ranked_posting, find_state, find_ties, find_terms,
		   find_round, find_students, put_ranking,
		   find_posting_ranking, reply_posting_ranking },
};

static const struct constraint_flaw refusals[] = {
	{ "wish_round_is_open", "#/round_id", "not-allowed",
	  "the round takes no wishes now", "该轮次目前不接受志愿",
	  FAULT_CONFLICT },
	{ NULL, NULL, NULL, NULL, NULL, FAULT_NONE }
};

static enum flow_next find_state(struct flow *f)
{
	const char *state = rows_text(f->rows, 0, 1);

	if (!text_same(state, "published"))
		return fail(f, FAULT_BAD_STATE,
			    "the posting is %s, not published", state);
	if (!text_same(rows_text(f->rows, 0, 2), "internship"))
		return fail(f, FAULT_BAD_STATE, "the posting is no internship");
	return find_policy(f);
}

static enum flow_next find_terms(struct flow *f)
{
	struct posting_preferences *s = f->state;

	match_ties_from_rows(&s->matching.ties, f->mem, f->rows);
	return ask_one(f, SQL_MATCH_POSTING, P_CONSORTIUM(f),
		       P_UUID(&s->matching.posting_id), P_OWNER(f),
		       P_BOOL(true));
}

static enum flow_next find_round(struct flow *f)
{
	const struct ranking_new *b = f->body;
	struct posting_preferences *s = f->state;

	take_posting(f);
	s->round_id = b->round_id;
	return ask(f, SQL_ROUND_BY_ID, P_CONSORTIUM(f), P_UUID(&s->round_id),
		   P_BOOL(false));
}

static enum flow_next find_students(struct flow *f)
{
	const struct ranking_new *b = f->body;

	if (rows_count(f->rows) == 0)
		flaws_add(&f->flaws, "#/round_id", "not-found",
			  "is no round here", "没有这个轮次");
	return ask(f, SQL_MATCH_STUDENTS, P_CONSORTIUM(f),
		   P_UUIDS(&b->student_ids));
}

/* Names every rule that forbids the pair; by how much is the student's own. */
static void add_breaches(struct flow *f, const char *where,
			 const struct match_fit *fit)
{
	for (size_t i = 0; i < fit->breach_count; i++) {
		const char *rule;

		if (fit->breaches[i].action != MATCH_BLOCK)
			continue;
		rule = match_rule_card(fit->breaches[i].rule)->name;
		flaws_add(&f->flaws, where, "not-allowed",
			  arena_print(f->mem, "is not eligible: rule %s", rule),
			  arena_print(f->mem, "不符合条件：规则 %s", rule));
	}
}

/* A row of the answer for the student, or -1. */
static int row_of(const struct rows *rows, const struct uuid *id)
{
	for (int i = 0; i < rows_count(rows); i++) {
		struct uuid found = rows_uuid(rows, i, 0);

		if (uuid_same(&found, id))
			return i;
	}
	return -1;
}

static void check_students(struct flow *f)
{
	const struct ranking_new *b = f->body;
	struct posting_preferences *s = f->state;
	struct match_terms terms = matching_terms(f);

	for (size_t i = 0; i < b->student_ids.count; i++) {
		const char *where =
			arena_print(f->mem, "#/student_ids/%zu", i);
		int row = row_of(f->rows, &b->student_ids.at[i]);
		struct match_student student;
		struct match_fit fit;

		if (row < 0) {
			flaws_add(&f->flaws, where, "not-found",
				  "is no student here", "没有这名学生");
			continue;
		}
		match_student_from_row(&student, f->mem, f->rows, row);
		match_align(&terms, &student, &s->matching.posting, &fit);
		if (!fit.is_eligible)
			add_breaches(f, where, &fit);
	}
}

static enum flow_next put_ranking(struct flow *f)
{
	const struct ranking_new *b = f->body;
	struct posting_preferences *s = f->state;

	check_students(f);
	if (f->flaws.count)
		return fail_flaws(f);
	explain_constraints(f, refusals);
	return tell(f, SQL_POSTING_RANKING_PUT, P_CONSORTIUM(f),
		    P_UUID(&s->round_id), P_UUID(&s->matching.posting_id),
		    P_UUIDS(&b->student_ids), P_ACCOUNT(f),
		    P_INT(f->if_match));
}
