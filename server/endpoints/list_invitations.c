/* GET /v1/students/{student_id}/invitations - to what a student is invited. */
#include "flow/flow.h"
#include "records/invitation.h"
#include "wire/sql.h"

struct invitations_of {
	struct uuid id;
};

static flow_step find_student, find_invitations, reply_invitations;

const struct endpoint list_invitations = {
	.operation = "listInvitations",
	.method = "GET",
	.path = "/v1/students/{student_id}/invitations",
	.allow = { [ROLE_STUDENT] = SCOPE_OWN, [ROLE_SCHOOL] = SCOPE_OWN,
		   [ROLE_OFFICE] = SCOPE_ALL },
	.state_bytes = sizeof(struct invitations_of),
	.is_paged = true,
	.steps = { find_student, find_invitations, reply_invitations },
};

static enum flow_next find_student(struct flow *f)
{
	struct invitations_of *s = f->state;

	if (!path_uuid(f, "student_id", &s->id))
		return FLOW_FAIL;
	return ask_one(f, SQL_STUDENT_OWNER, P_CONSORTIUM(f), P_UUID(&s->id),
		       P_OWNER(f));
}

static enum flow_next find_invitations(struct flow *f)
{
	struct invitations_of *s = f->state;

	return ask(f, SQL_INVITATIONS_OF_STUDENT, P_CONSORTIUM(f),
		   P_UUID(&s->id), P_AFTER(f, 0), PAGE_ROWS(f));
}

static enum flow_next reply_invitations(struct flow *f)
{
	return reply_page(f, invitation_write, INVITATION_ID_COLUMN);
}
