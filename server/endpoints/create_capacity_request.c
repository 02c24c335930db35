/*
 * POST /v1/rounds/{round_id}/capacity-requests - an enterprise asks for other
 * openings of a posting, until the round is final.
 */
#include "endpoints/capacity_request_steps.h"

static flow_step make, find_made, reply_made;

const struct endpoint create_capacity_request = {
	.operation = "createCapacityRequest",
	.method = "POST",
	.path = CAPACITY_REQUESTS,
	.allow = { [ROLE_ENTERPRISE] = SCOPE_OWN },
	.state_bytes = sizeof(struct capacity_request_at),
	.body = capacity_request_new_shape,
	.body_bytes = sizeof(struct capacity_request_new),
	.steps = { find_round_of_seats, make, find_made, reply_made },
};

static enum flow_next make(struct flow *f)
{
	const struct capacity_request_new *b = f->body;
	struct capacity_request_at *s = f->state;

	s->id = uuid_new();
	explain_constraints(f, capacity_refusals);
	return tell(f, SQL_CAPACITY_REQUEST_MAKE, P_CONSORTIUM(f),
		    P_UUID(&s->id), P_UUID(&s->round_id),
		    P_UUID(&b->posting_id), P_ID(&f->actor.owner_id),
		    P_INT(b->openings), P_TEXT(b->reason), P_ACCOUNT(f));
}

static enum flow_next find_made(struct flow *f)
{
	if (rows_count(f->rows) > 0)
		return find_capacity_request_again(f);
	flaws_add(&f->flaws, "#/posting_id", "not-found",
		  "is no open internship of yours",
		  "不是本企业发布中的实习岗位");
	return fail_flaws(f);
}

static enum flow_next reply_made(struct flow *f)
{
	reply_location(f, "/v1/rounds/%s/capacity-requests/%s",
		       path_text(f, "round_id"),
		       rows_text(f->rows, 0, CAPACITY_REQUEST_ID_COLUMN));
	reply_etag(f, rows_int(f->rows, 0, CAPACITY_REQUEST_VERSION_COLUMN));
	capacity_request_write(reply_json(f, 201), f->rows, 0);
	return FLOW_DONE;
}
