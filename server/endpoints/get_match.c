/*
 * GET /v1/students/{student_id}/matches/{posting_id} - one pair explained,
 * also one that no rule lets through: every rule that it breaks is named.
 */
#include <stddef.h>

#include "endpoints/matching.h"
#include "records/match_fit.h"
#include "wire/sql.h"

static flow_step find_posting_of_pair, reply_match;

const struct endpoint get_match = {
	.operation = "getMatch",
	.method = "GET",
	.path = "/v1/students/{student_id}/matches/{posting_id}",
	.allow = { [ROLE_STUDENT] = SCOPE_OWN,
		   [ROLE_SCHOOL] = SCOPE_OWN,
		   [ROLE_OFFICE] = SCOPE_ALL },
	.state_bytes = sizeof(struct matching),
	.steps = { find_policy, find_ties, find_matched_student,
		   find_posting_of_pair, reply_match },
};

static enum flow_next find_posting_of_pair(struct flow *f)
{
	struct matching *s = f->state;

	take_student(f);
	if (!path_uuid(f, "posting_id", &s->posting_id))
		return FLOW_FAIL;
	return ask_one(f, SQL_MATCH_POSTING, P_CONSORTIUM(f),
		       P_UUID(&s->posting_id), P_NULL, P_BOOL(false));
}

static enum flow_next reply_match(struct flow *f)
{
	struct matching *s = f->state;
	struct match_terms terms = matching_terms(f);
	struct match_fit fit;
	struct json_writer *w;

	take_posting(f);
	match_align(&terms, &s->student, &s->posting, &fit);
	reply_language(f);
	w = reply_json(f, 200);
	json_object(w);
	json_member_uuid(w, "student_id", &s->student_id);
	json_member_uuid(w, "posting_id", &s->posting_id);
	json_member_text(w, "title", s->title);
	json_member_text(w, "enterprise_name", s->enterprise_name);
	match_fit_members(w, &fit, &s->posting, matching_language(f));
	json_end(w);
	return FLOW_DONE;
}
