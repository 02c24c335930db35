/*
 * GET /v1/rounds/{round_id}/preferences - how many have put a list of wishes,
 * and certified it, a school's own
 * students or all; and for how many postings students are ranked.
 */
#include <stddef.h>

#include "flow/flow.h"
#include "records/members.h"
#include "wire/sql.h"

static flow_step count_lists, reply_counts;

struct counting {
	struct uuid round_id;
};

const struct endpoint get_round_preferences = {
	.operation = "getRoundPreferences",
	.method = "GET",
	.path = "/v1/rounds/{round_id}/preferences",
	.allow = { [ROLE_SCHOOL] = SCOPE_OWN, [ROLE_OFFICE] = SCOPE_ALL },
	.state_bytes = sizeof(struct counting),
	.deadline_ms = 10000,
	.steps = { count_lists, reply_counts },
};

static enum flow_next count_lists(struct flow *f)
{
	struct counting *s = f->state;

	if (!path_uuid(f, "round_id", &s->round_id))
		return FLOW_FAIL;
	return ask_one(f, SQL_ROUND_WISHES, P_CONSORTIUM(f),
		       P_UUID(&s->round_id),
		       P_BOOL(f->actor.scope == SCOPE_ALL), P_OWNER(f));
}

static enum flow_next reply_counts(struct flow *f)
{
	static const struct member members[] = {
		{ MEMBER_TEXT, "counted_lists" },
		{ MEMBER_INT, "student_count" },
		{ MEMBER_INT, "list_count" },
		{ MEMBER_INT, "certified_count" },
		{ MEMBER_INT, "missing_count" },
		{ MEMBER_INT, "posting_count" },
		{ MEMBER_INT, "ranked_posting_count" },
		{ MEMBER_END, NULL }
	};
	struct counting *s = f->state;
	struct json_writer *w = reply_json(f, 200);

	json_object(w);
	json_member_uuid(w, "round_id", &s->round_id);
	members_write(w, members, f->rows, 0);
	json_end(w);
	return FLOW_DONE;
}
