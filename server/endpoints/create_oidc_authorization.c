/*
 * POST /v1/oidc/authorizations - begin to sign in at a school: where the
 * browser goes, and two secrets. The state goes along and comes back; the
 * binding stays in this browser, and says that it is the same one.
 */
#include "endpoints/account_steps.h"
#include "flow/everybody.h"
#include "flow/limiter.h"
#include "flow/oidc.h"
#include "wire/sql.h"

/* A whole school may be behind one address, and beginning is no failure. */
enum { BEGUN_PER_FAILED = 10 };

struct authorization_new {
	const char *consortium, *redirect_uri;
	struct uuid provider_id;
};

struct authorizing {
	struct uuid consortium_id, provider_id, id;
	const char *issuer, *client_id, *url;
	struct once state, binding;
};

static const struct field authorization_shape[] = {
	TEXT(struct authorization_new, consortium, 1, 32, REQUIRED),
	UUID(struct authorization_new, provider_id, REQUIRED),
	TEXT(struct authorization_new, redirect_uri, 1, 500, REQUIRED),
	END_OF_FIELDS
};

static flow_step find_provider, see_provider, keep_authorization,
	reply_authorization;

const struct endpoint create_oidc_authorization = {
	.operation = "createOidcAuthorization",
	.method = "POST",
	.path = "/v1/oidc/authorizations",
	.allow = EVERYBODY,
	.deadline_ms = 5000,
	.state_bytes = sizeof(struct authorizing),
	.body = authorization_shape,
	.body_bytes = sizeof(struct authorization_new),
	.rate = RATE_SIGN_IN,
	.is_secret = true,
	.steps = { find_provider, see_provider, keep_authorization,
		   reply_authorization },
};

/* Columns of schema/queries/oidc_provider_open.sql. */
enum { CONSORTIUM_ID, PROVIDER_ID, ISSUER, CLIENT_ID, IS_KNOWN_URI };

static enum flow_next find_provider(struct flow *f)
{
	const struct service *service = f->loop->service;
	const struct authorization_new *in = f->body;
	int wait_s;

	if (!limiter_take(service->limiter,
			  arena_print(f->mem, "authorization %s", f->peer),
			  BEGUN_PER_FAILED *
			  (int)service->config->sign_in_address_max, &wait_s))
		return fail_later(f, wait_s);
	return ask_one(f, SQL_OIDC_PROVIDER_OPEN, P_TEXT(in->consortium),
		       P_ID(&in->provider_id), P_TEXT(in->redirect_uri));
}

/* On a thread that may wait. */
static enum flow_next find_way(struct flow *f)
{
	const struct authorization_new *in = f->body;
	struct authorizing *s = f->state;
	const struct oidc_visit visit = {
		.oidc = f->loop->service->oidc, .mem = f->mem,
		.party = { .issuer = s->issuer, .client_id = s->client_id,
			   .redirect_uri = in->redirect_uri },
		.binding = s->binding.token };
	enum oidc_flaw flaw = oidc_authorization(&visit, s->state.token,
						 &s->url);

	return flaw == OIDC_GOOD ? FLOW_NEXT :
				   fail(f, oidc_fault(flaw), "%s",
					oidc_english(flaw));
}

static enum flow_next see_provider(struct flow *f)
{
	struct authorizing *s = f->state;

	if (!rows_bool(f->rows, 0, IS_KNOWN_URI)) {
		flaws_add(&f->flaws, "#/redirect_uri", "not-allowed",
			  "is none that the provider was registered with",
			  "不是登记时填写的回调地址");
		return fail_flaws(f);
	}
	s->consortium_id = rows_uuid(f->rows, 0, CONSORTIUM_ID);
	s->provider_id = rows_uuid(f->rows, 0, PROVIDER_ID);
	s->issuer = rows_text(f->rows, 0, ISSUER);
	s->client_id = rows_text(f->rows, 0, CLIENT_ID);
	once_make(&s->state);
	once_make(&s->binding);
	return ponder_outside(f, find_way);
}

static enum flow_next keep_authorization(struct flow *f)
{
	const struct authorization_new *in = f->body;
	struct authorizing *s = f->state;

	s->id = uuid_new();
	return tell_or(f, FAULT_BUG, SQL_OIDC_BEGIN, P_ID(&s->consortium_id),
		       P_ID(&s->id), P_ID(&s->provider_id),
		       P_TEXT(s->state.hash), P_TEXT(s->binding.hash),
		       P_TEXT(in->redirect_uri),
		       P_INT(f->loop->service->config->oidc_s));
}

static enum flow_next reply_authorization(struct flow *f)
{
	struct authorizing *s = f->state;
	struct json_writer *w = reply_json(f, 201);

	json_object(w);
	json_member_text(w, "authorization_url", s->url);
	json_member_text(w, "state", s->state.token);
	json_member_text(w, "binding", s->binding.token);
	json_member_time(w, "expires_at", rows_text(f->rows, 0, 0));
	json_end(w);
	return FLOW_DONE;
}
