/* POST /v1/identity-providers - a school's own service to sign in at. */
#include "endpoints/identity_provider_steps.h"
#include "flow/oidc.h"

static flow_step make_provider, reply_made;

const struct endpoint create_identity_provider = {
	.operation = "createIdentityProvider",
	.method = "POST",
	.path = "/v1/identity-providers",
	.allow = MANAGERS_OF_PROVIDERS,
	.state_bytes = sizeof(struct provider_at),
	.body = identity_provider_new_shape,
	.body_bytes = sizeof(struct identity_provider_new),
	.steps = { make_provider, reply_made },
};

static bool is_sound(struct flow *f, const struct identity_provider_new *in)
{
	if (call_url_flaw(in->issuer, oidc_reach(f->loop->service->config)) !=
	    CALL_GOOD)
		flaws_add(&f->flaws, "#/issuer", "malformed",
			  "must be a whole https address without a fragment",
			  "必须是不带片段的完整 https 地址");
	if (f->actor.role == ROLE_OFFICE && uuid_is_nil(&in->school_id))
		flaws_add(&f->flaws, "#/school_id", "required",
			  "is required", "必填");
	if (!in->student_claim && !in->staff_claim)
		flaws_add(&f->flaws, "#/student_claim", "required",
			  identity_provider_refusals[1].english,
			  identity_provider_refusals[1].chinese);
	if (in->makes_accounts && !in->student_claim)
		flaws_add(&f->flaws, "#/makes_accounts", "inconsistent",
			  identity_provider_refusals[2].english,
			  identity_provider_refusals[2].chinese);
	return f->flaws.count == 0;
}

static enum flow_next make_provider(struct flow *f)
{
	const struct identity_provider_new *in = f->body;
	struct provider_at *s = f->state;
	const struct uuid *school = uuid_is_nil(&in->school_id) ?
				    &f->actor.owner_id : &in->school_id;
	bool is_enabled = in->is_enabled ||
			  !shape_has(identity_provider_new_shape,
				     &f->body_seen, "is_enabled");
	const char *sealed;

	if (!is_sound(f, in))
		return fail_flaws(f);
	s->id = uuid_new();
	if (!seal_client_secret(f, &s->id, &sealed))
		return FLOW_FAIL;
	explain_constraints(f, identity_provider_refusals);
	return tell(f, SQL_IDENTITY_PROVIDER_CREATE, P_CONSORTIUM(f),
		    P_ID(&s->id), P_ID(school), P_OWNER(f), P_TEXT(in->name),
		    P_TEXT(in->issuer), P_TEXT(in->client_id), P_TEXT(sealed),
		    P_TEXT(in->student_claim), P_TEXT(in->staff_claim),
		    P_BOOL(in->makes_accounts), P_TEXTS(&in->redirect_uris),
		    P_BOOL(is_enabled), P_ACCOUNT(f));
}

static enum flow_next reply_made(struct flow *f)
{
	if (rows_count(f->rows) == 0) {
		flaws_add(&f->flaws, "#/school_id", "not-found",
			  "is not known here", "没有这个值");
		return fail_flaws(f);
	}
	reply_location(f, "/v1/identity-providers/%s",
		       rows_text(f->rows, 0, PROVIDER_ID_COLUMN));
	return reply_identity_provider(f, 201);
}
