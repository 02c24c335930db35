/* GET /v1/students/{student_id}/preferences - the wishes, best first. */
#include <stddef.h>

#include "endpoints/preferences.h"

static flow_step find_of_round;

struct preferences_query {
	struct uuid round_id;
};

static const struct field query_shape[] = {
	UUID(struct preferences_query, round_id, REQUIRED),
	END_OF_FIELDS
};

const struct endpoint get_preferences = {
	.operation = "getPreferences",
	.method = "GET",
	.path = "/v1/students/{student_id}/preferences",
	.allow = { [ROLE_STUDENT] = SCOPE_OWN,
		   [ROLE_SCHOOL] = SCOPE_OWN,
		   [ROLE_OFFICE] = SCOPE_ALL },
	.state_bytes = sizeof(struct preferences),
	.query = query_shape,
	.query_bytes = sizeof(struct preferences_query),
	.steps = { find_wishing_student, find_of_round, reply_preferences },
};

static enum flow_next find_of_round(struct flow *f)
{
	const struct preferences_query *q = f->query;
	struct preferences *s = f->state;

	s->round_id = q->round_id;
	return find_wishes(f);
}
