/*
 * POST /v1/students/{student_id}/preferences/certify - the student, and nobody
 * for him, says: this list is what I want. A change takes it back.
 */
#include <stddef.h>

#include "endpoints/preferences.h"
#include "wire/sql.h"

struct certificate {
	struct uuid round_id;
};

static const struct field certificate_shape[] = {
	UUID(struct certificate, round_id, REQUIRED),
	END_OF_FIELDS
};

static flow_step certify;

const struct endpoint certify_preferences = {
	.operation = "certifyPreferences",
	.method = "POST",
	.path = "/v1/students/{student_id}/preferences/certify",
	.allow = { [ROLE_STUDENT] = SCOPE_OWN },
	.state_bytes = sizeof(struct preferences),
	.body = certificate_shape,
	.body_bytes = sizeof(struct certificate),
	.is_conditional = true,
	.steps = { find_wishing_student, certify, find_wishes,
		   reply_preferences },
};

static const struct constraint_flaw refusals[] = {
	{ "wish_round_is_open", "#/round_id", "not-allowed",
	  "the round takes no wishes now", "该轮次目前不接受志愿",
	  FAULT_CONFLICT },
	{ NULL, NULL, NULL, NULL, NULL, FAULT_NONE }
};

static enum flow_next certify(struct flow *f)
{
	const struct certificate *b = f->body;
	struct preferences *s = f->state;

	s->round_id = b->round_id;
	explain_constraints(f, refusals);
	return tell(f, SQL_WISHES_CERTIFY, P_CONSORTIUM(f),
		    P_UUID(&s->round_id), P_UUID(&s->matching.student_id),
		    P_ACCOUNT(f), P_INT(f->if_match));
}
