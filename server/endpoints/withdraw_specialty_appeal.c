/*
 * POST /v1/specialty-lists/{list_id}/appeals/{specialty_appeal_id}/withdraw -
 * the school takes it back.
 */
#include "endpoints/specialty_edition_steps.h"

static flow_step withdraw;

const struct endpoint withdraw_specialty_appeal = {
	.operation = "withdrawSpecialtyAppeal",
	.method = "POST",
	.path = "/v1/specialty-lists/{list_id}/appeals/{specialty_appeal_id}"
		"/withdraw",
	.allow = { [ROLE_SCHOOL] = SCOPE_OWN },
	.state_bytes = sizeof(struct specialty_at),
	.is_transaction = true,
	.steps = { withdraw, find_specialty_appeal, reply_specialty_appeal },
};

static enum flow_next withdraw(struct flow *f)
{
	struct specialty_at *s = f->state;

	if (!path_uuid(f, "list_id", &s->list_id) ||
	    !path_uuid(f, "specialty_appeal_id", &s->id))
		return FLOW_FAIL;
	return tell(f, SQL_SPECIALTY_APPEAL_MOVE, P_CONSORTIUM(f),
		    P_UUID(&s->list_id), P_UUID(&s->id), P_OWNER(f),
		    P_TEXT("withdrawn"), P_NULL, P_NULL, P_ACCOUNT(f));
}
