/*
 * POST /v1/offers/{offer_id}/accept - the student takes it: a job is had, an
 * internship or an apprenticeship becomes a placement, within the openings of
 * the posting and the caps of the enterprise (rules 1.1 and 1.2).
 */
#include "endpoints/offer_steps.h"

static flow_step accept_it;

const struct endpoint accept_offer = {
	.operation = "acceptOffer",
	.method = "POST",
	.path = "/v1/offers/{offer_id}/accept",
	.allow = { [ROLE_STUDENT] = SCOPE_OWN },
	.state_bytes = sizeof(struct offer_at),
	.is_transaction = true,
	.steps = { accept_it, find_offer, reply_offer },
};

static const struct constraint_flaw refusals[] = {
	{ "offer_posting_has_openings", "#", "not-allowed",
	  "all openings of the posting are taken", "该岗位名额已满",
	  FAULT_CONFLICT },
	{ "placement_posting_is_full", "#", "not-allowed",
	  "all openings of the posting are taken", "该岗位名额已满",
	  FAULT_CONFLICT },
	{ "placement_one_at_a_time", "#", "not-allowed",
	  "you have a placement in these days", "该时段内已有实习安排",
	  FAULT_CONFLICT },
	{ NULL, NULL, NULL, NULL, NULL, FAULT_NONE }
};

static enum flow_next accept_it(struct flow *f)
{
	struct offer_at *s = f->state;
	struct uuid placement_id = uuid_new();

	if (!path_uuid(f, "offer_id", &s->id))
		return FLOW_FAIL;
	explain_constraints(f, refusals);
	return tell(f, SQL_OFFER_ACCEPT, P_CONSORTIUM(f), P_UUID(&s->id),
		    P_OWNER(f), P_UUID(&placement_id), P_ACCOUNT(f));
}
