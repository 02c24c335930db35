/*
 * POST /v1/oidc/sessions - come back from a school's provider and be signed in.
 * The authorization is taken before the provider is asked, so that of two who
 * bring the same code one is turned away. Who has a second factor here is asked
 * for it, whatever the provider asked for: then the way stays open until it
 * comes, without a code.
 */
#include <string.h>

#include "base/text.h"
#include "endpoints/account_steps.h"
#include "endpoints/identity_provider_steps.h"
#include "endpoints/session_steps.h"
#include "endpoints/totp_steps.h"
#include "flow/everybody.h"
#include "flow/oidc.h"
#include "flow/seals.h"

struct coming_back {
	const char *state, *binding, *code, *iss, *one_time_code;
};

struct signing_in {
	struct uuid authorization_id;
	struct oidc_party party;
	const char *student_claim, *staff_claim;
	const char *subject, *student_number, *login_name;
	struct uuid new_account, new_identity;
	struct session_opening opening;
};

static const struct field coming_back_shape[] = {
	TEXT(struct coming_back, state, 1, 100, REQUIRED),
	TEXT(struct coming_back, binding, 1, 100, REQUIRED),
	TEXT(struct coming_back, code, 1, 2000, OPTIONAL),
	TEXT(struct coming_back, iss, 1, 300, OPTIONAL),
	TEXT(struct coming_back, one_time_code, 6, 20, OPTIONAL),
	END_OF_FIELDS
};

static flow_step take_authorization, redeem_code, identify, find_account,
	check_code, end_authorization, open_session, reply_session;

const struct endpoint create_oidc_session = {
	.operation = "createOidcSession",
	.method = "POST",
	.path = "/v1/oidc/sessions",
	.allow = EVERYBODY,
	.deadline_ms = 15000,
	.state_bytes = sizeof(struct signing_in),
	.body = coming_back_shape,
	.body_bytes = sizeof(struct coming_back),
	.rate = RATE_SIGN_IN,
	.is_secret = true,
	.steps = { take_authorization, redeem_code, identify, find_account,
		   check_code, end_authorization, open_session,
		   reply_session },
};

/* Columns of schema/queries/oidc_take.sql. */
enum { WAIT_S, CONSORTIUM_ID, AUTHORIZATION_ID, PROVIDER_ID, REDIRECT_URI,
       ISSUER, CLIENT_ID, SECRET, STUDENT_CLAIM, STAFF_CLAIM, ACCOUNT };

static enum flow_next take_authorization(struct flow *f)
{
	const struct config *config = f->loop->service->config;
	const struct coming_back *in = f->body;
	struct signing_in *s = f->state;
	char *state = arena_zeroed(f->mem, 1, SHA256_BYTES * 2 + 1);
	char *binding = arena_zeroed(f->mem, 1, SHA256_BYTES * 2 + 1);

	if (!in->code && !in->one_time_code) {
		flaws_add(&f->flaws, "#/code", "required", "is required",
			  "必填");
		return fail_flaws(f);
	}
	once_hash(in->state, state);
	once_hash(in->binding, binding);
	s->opening.by_address = tries_of_address(f);
	return tell_or(f, FAULT_BUG, SQL_OIDC_TAKE, P_TEXT(state),
		       P_TEXT(binding), P_BOOL(in->code != NULL),
		       P_TEXT(s->opening.by_address),
		       P_INT(config->sign_in_address_max),
		       P_INT(config->sign_in_window_s));
}

static const char *kept_text(struct flow *f, int column)
{
	return rows_is_null(f->rows, 0, column) ? NULL :
	       arena_text(f->mem, rows_text(f->rows, 0, column),
			  rows_bytes(f->rows, 0, column));
}

/* Text alone: a number might have lost the zeros that it began with. */
static const char *claimed(const struct claims *who, const char *claim)
{
	const char *text = claim ? claims_text(who, claim) : NULL;

	return text && *text && strlen(text) <= 64 ? text : NULL;
}

/* On a thread that may wait. */
static enum flow_next ask_provider(struct flow *f)
{
	const struct coming_back *in = f->body;
	struct signing_in *s = f->state;
	const struct oidc_visit visit = { .oidc = f->loop->service->oidc,
					  .mem = f->mem, .party = s->party,
					  .binding = in->binding };
	const struct oidc_return back = { in->code, in->iss };
	const struct claims *who;
	enum oidc_flaw flaw = oidc_redeem(&visit, &back, &who);

	if (flaw != OIDC_GOOD)
		return fail(f, oidc_fault(flaw), "%s", oidc_english(flaw));
	s->subject = claims_text(who, "sub");
	s->student_number = claimed(who, s->student_claim);
	s->login_name = claimed(who, s->staff_claim);
	return FLOW_NEXT;
}

static flow_step *const with_account[] = { find_account, check_code,
					   end_authorization, open_session,
					   reply_session, NULL };

static enum flow_next redeem_code(struct flow *f)
{
	struct signing_in *s = f->state;
	int wait_s = (int)rows_int(f->rows, 0, WAIT_S);
	struct uuid provider = rows_uuid(f->rows, 0, PROVIDER_ID);

	if (wait_s)
		return fail_later(f, wait_s);
	if (uuid_is_nil(&provider))
		return fail(f, FAULT_SIGN_IN_REFUSED, "%s",
			    "the state is unknown, used or too old");
	s->opening.consortium_id = rows_uuid(f->rows, 0, CONSORTIUM_ID);
	s->opening.account_id = rows_uuid(f->rows, 0, ACCOUNT);
	s->opening.provider_id = provider;
	s->authorization_id = rows_uuid(f->rows, 0, AUTHORIZATION_ID);
	f->actor.consortium_id = s->opening.consortium_id; /* sealed to it */
	if (!uuid_is_nil(&s->opening.account_id))
		return climb(f, with_account);
	s->student_claim = kept_text(f, STUDENT_CLAIM);
	s->staff_claim = kept_text(f, STAFF_CLAIM);
	s->party = (struct oidc_party){
		.issuer = kept_text(f, ISSUER),
		.client_id = kept_text(f, CLIENT_ID),
		.redirect_uri = kept_text(f, REDIRECT_URI),
		.client_secret = unseal(
			f, (struct sealed_place){ PROVIDER_SECRET, &provider },
			rows_text(f->rows, 0, SECRET)),
	};
	if (!s->party.client_secret)
		return fail(f, FAULT_NO_KEY, "%s", "");
	return ponder_outside(f, ask_provider);
}

static enum flow_next identify(struct flow *f)
{
	struct signing_in *s = f->state;

	s->new_account = uuid_new();
	s->new_identity = uuid_new();
	return tell_or(f, FAULT_BUG, SQL_OIDC_IDENTIFY,
		       P_ID(&s->opening.consortium_id),
		       P_ID(&s->authorization_id), P_TEXT(s->subject),
		       P_TEXT(s->student_number), P_TEXT(s->login_name),
		       P_ID(&s->new_account), P_ID(&s->new_identity));
}

/* Columns of schema/queries/oidc_identify.sql. */
enum { OUTCOME, FOUND_ACCOUNT };

static enum flow_next find_account(struct flow *f)
{
	struct signing_in *s = f->state;
	struct session_opening *o = &s->opening;

	if (uuid_is_nil(&o->account_id)) {
		if (text_same(rows_text(f->rows, 0, OUTCOME), "other"))
			return fail(f, FAULT_NO_ACCOUNT, "%s",
				    "the account belongs to another identity "
				    "of this provider");
		if (rows_is_null(f->rows, 0, FOUND_ACCOUNT))
			return fail(f, FAULT_NO_ACCOUNT, "%s", "");
		o->account_id = rows_uuid(f->rows, 0, FOUND_ACCOUNT);
	}
	return FLOW_ASK_(f, DB_KEYED, FAULT_NO_ACCOUNT, SQL_OIDC_ACCOUNT,
			 P_ID(&o->consortium_id), P_ID(&o->account_id));
}

/* Columns of schema/queries/oidc_account.sql. */
enum { ACCOUNT_ID, ROLE, SLUG, LOGIN, TOTP };

static enum flow_next check_code(struct flow *f)
{
	const struct config *config = f->loop->service->config;
	const struct coming_back *in = f->body;
	struct signing_in *s = f->state;
	struct session_opening *o = &s->opening;
	struct told_code told;

	must(role_from_word(rows_text(f->rows, 0, ROLE), &o->role));
	o->by_login = "";	/* no try was taken of it */
	if (rows_is_null(f->rows, 0, TOTP))
		return FLOW_NEXT;
	if (!in->one_time_code)
		return fail(f, FAULT_CODE_REQUIRED, "%s", "");
	o->by_login = tries_of_login(f, kept_text(f, SLUG),
				     kept_text(f, LOGIN));
	if (!read_code(f, &o->account_id, rows_text(f->rows, 0, TOTP),
		       in->one_time_code, &told))
		return fail(f, FAULT_NO_KEY, "%s", "");
	return tell_or(f, FAULT_BUG, SQL_OIDC_CODE_USE,
		       P_ID(&o->consortium_id), P_ID(&o->account_id),
		       P_STEP(&told), P_TEXT(told.hash), P_TEXT(o->by_login),
		       P_INT(config->sign_in_account_max),
		       P_INT(config->sign_in_window_s));
}

/* Columns of schema/queries/oidc_code_use.sql. */
enum { CODE_WAIT_S, IS_GOOD };

static enum flow_next end_authorization(struct flow *f)
{
	struct signing_in *s = f->state;
	struct session_opening *o = &s->opening;

	if (*o->by_login) {
		int wait_s = (int)rows_int(f->rows, 0, CODE_WAIT_S);

		if (wait_s)
			return fail_later(f, wait_s);
		if (!rows_bool(f->rows, 0, IS_GOOD))
			return fail(f, FAULT_BAD_CREDENTIALS, "%s", "");
	}
	return tell_or(f, FAULT_SIGN_IN_REFUSED, SQL_OIDC_END,
		       P_ID(&o->consortium_id), P_ID(&s->authorization_id));
}

static enum flow_next open_session(struct flow *f)
{
	struct signing_in *s = f->state;

	return session_open(f, &s->opening);
}

static enum flow_next reply_session(struct flow *f)
{
	struct signing_in *s = f->state;

	return reply_opened(f, &s->opening);
}
