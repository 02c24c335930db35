/*
 * PATCH /v1/identity-providers/{provider_id} - all but school and issuer: who
 * is who hangs on them.
 */
#include "endpoints/enterprise_steps.h"
#include "endpoints/identity_provider_steps.h"

static flow_step change_provider, reply_changed;

const struct endpoint update_identity_provider = {
	.operation = "updateIdentityProvider",
	.method = "PATCH",
	.path = "/v1/identity-providers/{provider_id}",
	.allow = MANAGERS_OF_PROVIDERS,
	.state_bytes = sizeof(struct provider_at),
	.body = identity_provider_patch_shape,
	.body_bytes = sizeof(struct identity_provider_new),
	.is_merge_patch = true,
	.is_conditional = true,
	.steps = { find_identity_provider, change_provider, reply_changed },
};

static enum flow_next change_provider(struct flow *f)
{
	const struct identity_provider_new *in = f->body;
	struct provider_at *s = f->state;
	struct texts cleared = cleared_members(f);
	const struct texts *uris = in->redirect_uris.count ?
				   &in->redirect_uris : NULL;
	const char *sealed;

	if (!version_fits(f, rows_int(f->rows, 0, PROVIDER_VERSION_COLUMN)))
		return FLOW_FAIL;
	if (!f->body_seen.present)
		return reply_changed(f);
	if (!seal_client_secret(f, &s->id, &sealed))
		return FLOW_FAIL;
	explain_constraints(f, identity_provider_refusals);
	return tell_or(f, FAULT_STALE, SQL_IDENTITY_PROVIDER_UPDATE,
		       P_CONSORTIUM(f), P_ID(&s->id), P_INT(f->if_match),
		       P_ACCOUNT(f), P_TEXTS(&cleared), P_TEXT(in->name),
		       P_TEXT(in->client_id), P_TEXT(sealed),
		       P_TEXT(in->student_claim), P_TEXT(in->staff_claim),
		       patched_bool(f, "makes_accounts", in->makes_accounts),
		       P_TEXTS(uris),
		       patched_bool(f, "is_enabled", in->is_enabled));
}

static enum flow_next reply_changed(struct flow *f)
{
	return reply_identity_provider(f, 200);
}
