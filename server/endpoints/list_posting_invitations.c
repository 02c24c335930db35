/*
 * GET /v1/postings/{posting_id}/invitations - who was invited to it, by the
 * ids of the candidates' list, and who applied.
 */
#include "flow/flow.h"
#include "records/invitation.h"
#include "wire/sql.h"

struct invitations_to {
	struct uuid id;
};

static flow_step find_posting, find_invitations, reply_invitations;

const struct endpoint list_posting_invitations = {
	.operation = "listPostingInvitations",
	.method = "GET",
	.path = "/v1/postings/{posting_id}/invitations",
	.allow = { [ROLE_ENTERPRISE] = SCOPE_OWN, [ROLE_OFFICE] = SCOPE_ALL },
	.state_bytes = sizeof(struct invitations_to),
	.is_paged = true,
	.steps = { find_posting, find_invitations, reply_invitations },
};

static enum flow_next find_posting(struct flow *f)
{
	struct invitations_to *s = f->state;

	if (!path_uuid(f, "posting_id", &s->id))
		return FLOW_FAIL;
	return ask_one(f, SQL_MATCH_POSTING, P_CONSORTIUM(f), P_UUID(&s->id),
		       P_OWNER(f), P_BOOL(true));
}

static enum flow_next find_invitations(struct flow *f)
{
	struct invitations_to *s = f->state;

	return ask(f, SQL_INVITATIONS_OF_POSTING, P_CONSORTIUM(f),
		   P_UUID(&s->id), P_AFTER(f, 0), PAGE_ROWS(f));
}

static enum flow_next reply_invitations(struct flow *f)
{
	return reply_page(f, invitation_write, INVITATION_ID_COLUMN);
}
