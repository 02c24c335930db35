/*
 * POST /v1/me/totp - a secret for a program that makes one-time codes. It is
 * asked for once it is confirmed.
 */
#include "endpoints/totp_steps.h"
#include "flow/everybody.h"
#include "records/totp.h"
#include "wire/sql.h"

struct beginning {
	char secret[TOTP_SECRET_LETTERS + 1];
};

static flow_step begin, reply_begun;

const struct endpoint create_totp = {
	.operation = "createTotp",
	.method = "POST",
	.path = "/v1/me/totp",
	.allow = PEOPLE_FOR_THEMSELVES,
	.state_bytes = sizeof(struct beginning),
	.is_secret = true,
	.steps = { begin, reply_begun },
};

static enum flow_next begin(struct flow *f)
{
	struct beginning *s = f->state;
	struct sealed_place place = { ACCOUNT_TOTP, &f->actor.account_id };

	if (!seals_are_there(f))
		return fail(f, FAULT_NO_KEY, "%s", "");
	totp_secret(s->secret);
	return tell(f, SQL_TOTP_BEGIN, P_CONSORTIUM(f), P_ACCOUNT(f),
		    P_TEXT(seal(f, place, s->secret)));
}

static enum flow_next reply_begun(struct flow *f)
{
	struct beginning *s = f->state;
	struct json_writer *w;

	if (rows_count(f->rows) == 0)
		return fail(f, FAULT_BAD_STATE, "%s",
			    "a second factor is in use already");
	w = reply_json(f, 201);
	json_object(w);
	json_member_text(w, "secret", s->secret);
	json_member_text(w, "uri", arena_print(
		f->mem, "otpauth://totp/Duikou:%s?secret=%s&issuer=Duikou",
		rows_text(f->rows, 0, 0), s->secret));
	json_end(w);
	return FLOW_DONE;
}
