/* capacity_request_steps.c - see capacity_request_steps.h. */
#include "endpoints/capacity_request_steps.h"

const struct constraint_flaw capacity_refusals[] = {
	{ "capacity_round_takes", "#", "not-allowed",
	  "the round takes no other seats now", "该轮次目前不接受名额变更",
	  FAULT_CONFLICT },
	{ "capacity_request_one_at_a_time", "#/posting_id", "duplicate",
	  "a request for this posting waits already",
	  "该岗位已有待审核的名额变更申请", FAULT_CONFLICT },
	{ "capacity_request_changes", "#/openings", "inconsistent",
	  "is what the posting has already", "与岗位现有名额相同",
	  FAULT_BAD_BODY },
	{ NULL, NULL, NULL, NULL, NULL, FAULT_NONE }
};

enum flow_next find_round_of_seats(struct flow *f)
{
	struct capacity_request_at *s = f->state;

	if (!path_uuid(f, "round_id", &s->round_id))
		return FLOW_FAIL;
	return ask_one(f, SQL_ROUND_BY_ID, P_CONSORTIUM(f),
		       P_UUID(&s->round_id), P_BOOL(false));
}

enum flow_next find_capacity_request_again(struct flow *f)
{
	struct capacity_request_at *s = f->state;

	return ask_one(f, SQL_CAPACITY_REQUEST_BY_ID, P_CONSORTIUM(f),
		       P_UUID(&s->round_id), P_UUID(&s->id), P_OWNER(f));
}

enum flow_next find_capacity_request(struct flow *f)
{
	struct capacity_request_at *s = f->state;

	if (!path_uuid(f, "round_id", &s->round_id) ||
	    !path_uuid(f, "capacity_request_id", &s->id))
		return FLOW_FAIL;
	return find_capacity_request_again(f);
}

enum flow_next end_capacity_request(struct flow *f, const char *state,
				    const char *why)
{
	struct capacity_request_at *s = f->state;

	if (!path_uuid(f, "round_id", &s->round_id) ||
	    !path_uuid(f, "capacity_request_id", &s->id))
		return FLOW_FAIL;
	explain_constraints(f, capacity_refusals);
	return tell(f, SQL_CAPACITY_REQUEST_END, P_CONSORTIUM(f),
		    P_UUID(&s->round_id), P_UUID(&s->id), P_OWNER(f),
		    P_TEXT(state), P_TEXT(why), P_ACCOUNT(f));
}

enum flow_next reply_capacity_request(struct flow *f)
{
	reply_etag(f, rows_int(f->rows, 0, CAPACITY_REQUEST_VERSION_COLUMN));
	capacity_request_write(reply_json(f, 200), f->rows, 0);
	return FLOW_DONE;
}
