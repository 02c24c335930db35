/* DELETE /v1/account-invitations/{invitation_id} - taken back. */
#include "endpoints/account_steps.h"

static flow_step revoke, reply_revoked;

const struct endpoint delete_account_invitation = {
	.operation = "deleteAccountInvitation",
	.method = "DELETE",
	.path = "/v1/account-invitations/{invitation_id}",
	.allow = MANAGERS_OF_ACCOUNTS,
	.steps = { revoke, reply_revoked },
};

static enum flow_next revoke(struct flow *f)
{
	struct uuid id;

	if (!path_uuid(f, "invitation_id", &id))
		return FLOW_FAIL;
	return tell_or(f, FAULT_NOT_FOUND, SQL_ACCOUNT_INVITATION_REVOKE,
		       P_CONSORTIUM(f), P_ACCOUNT(f), P_UUID(&id));
}

static enum flow_next reply_revoked(struct flow *f)
{
	return reply_empty(f, 204);
}
