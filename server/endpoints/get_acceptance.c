/*
 * GET /v1/enterprises/{enterprise_id}/acceptances - the certificate of the
 * interns that an enterprise took in a period, with a code that anybody can
 * have verified.
 */
#include <string.h>

#include "base/clock.h"
#include "endpoints/enterprise_steps.h"
#include "flow/seals.h"
#include "records/acceptance.h"

struct acceptance_period {
	const char *from, *to;
};

struct acceptance_of {
	struct uuid enterprise_id;
};

enum { NAME, USCC, CONSORTIUM_NAME, PLACEMENTS, STUDENTS, DAYS, TODAY };

static const struct field period_shape[] = {
	DATE(struct acceptance_period, from, REQUIRED),
	DATE(struct acceptance_period, to, REQUIRED),
	END_OF_FIELDS
};

static flow_step find_counts, reply_acceptance;

const struct endpoint get_acceptance = {
	.operation = "getAcceptance",
	.method = "GET",
	.path = "/v1/enterprises/{enterprise_id}/acceptances",
	.allow = READERS_OF_AN_ENTERPRISE,
	.state_bytes = sizeof(struct acceptance_of),
	.query = period_shape,
	.query_bytes = sizeof(struct acceptance_period),
	.steps = { find_counts, reply_acceptance },
};

static enum flow_next find_counts(struct flow *f)
{
	const struct acceptance_period *q = f->query;
	struct acceptance_of *s = f->state;

	if (!path_enterprise(f, &s->enterprise_id))
		return FLOW_FAIL;
	if (strcmp(q->to, q->from) < 0) {
		flaws_add(&f->flaws, "to", "inconsistent",
			  "must not be before from", "不能早于 from");
		return fail(f, FAULT_BAD_PARAMETER, "%s", "");
	}
	if (!seals_are_there(f))
		return fail(f, FAULT_NO_KEY, "%s", "");
	return ask_one(f, SQL_ACCEPTANCE_OF_ENTERPRISE, P_CONSORTIUM(f),
		       P_UUID(&s->enterprise_id), P_TEXT(q->from),
		       P_TEXT(q->to));
}

static void take_counts(struct flow *f, struct acceptance *a)
{
	const struct acceptance_period *q = f->query;
	struct acceptance_of *s = f->state;

	a->consortium_id = f->actor.consortium_id;
	a->enterprise_id = s->enterprise_id;
	must(clock_date(q->from, &a->numbers[ACCEPTANCE_FROM]));
	must(clock_date(q->to, &a->numbers[ACCEPTANCE_TO]));
	must(clock_date(rows_text(f->rows, 0, TODAY),
			&a->numbers[ACCEPTANCE_ISSUED]));
	for (int i = 0; i < 3; i++)
		a->numbers[ACCEPTANCE_PLACEMENTS + i] =
			(int32_t)rows_int(f->rows, 0, PLACEMENTS + i);
}

static enum flow_next reply_acceptance(struct flow *f)
{
	uint8_t raw[ACCEPTANCE_BYTES + STAMP_BYTES];
	char code[CRYPTO_BASE64_BYTES(sizeof(raw))];
	struct acceptance a;

	take_counts(f, &a);
	acceptance_pack(&a, raw);
	stamp(f, "acceptance", (struct bytes){ raw, ACCEPTANCE_BYTES },
	      raw + ACCEPTANCE_BYTES);
	crypto_base64url((struct bytes){ raw, sizeof(raw) }, code);
	acceptance_write(reply_json(f, 200), &a, &(struct acceptance_names){
		rows_text(f->rows, 0, NAME), rows_text(f->rows, 0, USCC),
		rows_text(f->rows, 0, CONSORTIUM_NAME), code });
	return FLOW_DONE;
}
