/*
 * GET /v1/acceptances/{code} - what a certificate of acceptance says, for
 * whoever holds its code; a code that this service did not write is none.
 */
#include "flow/everybody.h"
#include "flow/seals.h"
#include "records/acceptance.h"
#include "wire/sql.h"

struct certificate {
	struct acceptance acceptance;
};

static flow_step read_code, reply_certificate;

const struct endpoint verify_acceptance = {
	.operation = "verifyAcceptance",
	.method = "GET",
	.path = "/v1/acceptances/{code}",
	.allow = EVERYBODY,
	.state_bytes = sizeof(struct certificate),
	.steps = { read_code, reply_certificate },
};

static enum flow_next read_code(struct flow *f)
{
	struct certificate *s = f->state;
	uint8_t raw[ACCEPTANCE_BYTES + STAMP_BYTES];

	if (!crypto_unbase64url(path_text(f, "code"), raw, sizeof(raw)) ||
	    !stamp_fits(f, "acceptance",
			(struct bytes){ raw, ACCEPTANCE_BYTES },
			raw + ACCEPTANCE_BYTES) ||
	    !acceptance_unpack(raw, &s->acceptance))
		return fail(f, FAULT_NOT_FOUND, "%s", "");
	return ask_one(f, SQL_ENTERPRISE_NAMED,
		       P_ID(&s->acceptance.consortium_id),
		       P_UUID(&s->acceptance.enterprise_id));
}

static enum flow_next reply_certificate(struct flow *f)
{
	struct certificate *s = f->state;

	acceptance_write(reply_json(f, 200), &s->acceptance,
			 &(struct acceptance_names){
		rows_text(f->rows, 0, 0), rows_text(f->rows, 0, 1),
		rows_text(f->rows, 0, 2), path_text(f, "code") });
	return FLOW_DONE;
}
