/*
 * POST /v1/placements/{placement_id}/notices/acknowledge - a party says that it
 * was told of the end, or of a consent taken back; student or school say it of
 * the guardian.
 */
#include "endpoints/placement_steps.h"

struct acknowledgement {
	bool is_guardian;
};

static const struct field acknowledgement_shape[] = {
	BOOL(struct acknowledgement, is_guardian, OPTIONAL),
	END_OF_FIELDS
};

static flow_step acknowledge, find_told;

const struct endpoint acknowledge_notices = {
	.operation = "acknowledgeNotices",
	.method = "POST",
	.path = "/v1/placements/{placement_id}/notices/acknowledge",
	.allow = PARTIES_OF_PLACEMENTS,
	.state_bytes = sizeof(struct placement_at),
	.body = acknowledgement_shape,
	.body_bytes = sizeof(struct acknowledgement),
	.is_transaction = true,
	.steps = { acknowledge, find_told, reply_placement },
};

static enum flow_next acknowledge(struct flow *f)
{
	const struct acknowledgement *b = f->body;
	struct placement_at *s = f->state;

	if (!path_placement(f))
		return FLOW_FAIL;
	if (b->is_guardian && f->actor.role == ROLE_ENTERPRISE) {
		flaws_add(&f->flaws, "#/is_guardian", "not-allowed",
			  "the student or the school records that",
			  "监护人事项由学生或学校登记");
		return fail_flaws(f);
	}
	return tell(f, SQL_NOTICES_ACKNOWLEDGE, P_CONSORTIUM(f),
		    P_UUID(&s->id), P_OWNER(f),
		    P_TEXT(b->is_guardian ? "guardian" :
					    role_word(f->actor.role)),
		    P_ACCOUNT(f));
}

static enum flow_next find_told(struct flow *f)
{
	if (rows_count(f->rows) == 0)
		return fail(f, FAULT_BAD_STATE, "%s",
			    "there is nothing to be told of");
	return find_placement(f);
}
