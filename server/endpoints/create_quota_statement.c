/*
 * POST /v1/enterprises/{enterprise_id}/quota/statements - states what an
 * enterprise took in a period, for good, with a code that proves it.
 */
#include <string.h>

#include "base/clock.h"
#include "endpoints/enterprise_steps.h"
#include "flow/seals.h"
#include "records/quota_statement.h"

struct statement_new {
	const char *from, *to;
};

struct statement_at {
	struct uuid enterprise_id;
	struct statement_ref ref;
};

static const struct field statement_shape[] = {
	DATE(struct statement_new, from, REQUIRED),
	DATE(struct statement_new, to, REQUIRED),
	END_OF_FIELDS
};

static flow_step draft_statement, keep_statement, reply_statement;

const struct endpoint create_quota_statement = {
	.operation = "createQuotaStatement",
	.method = "POST",
	.path = "/v1/enterprises/{enterprise_id}/quota/statements",
	.allow = { [ROLE_ENTERPRISE] = SCOPE_OWN, [ROLE_OFFICE] = SCOPE_ALL },
	.state_bytes = sizeof(struct statement_at),
	.body = statement_shape,
	.body_bytes = sizeof(struct statement_new),
	.is_transaction = true,
	.steps = { draft_statement, keep_statement, reply_statement },
};

static bool check_period(struct flow *f)
{
	const struct statement_new *in = f->body;
	int32_t first, last;

	must(clock_date(in->from, &first) && clock_date(in->to, &last));
	if (last < first)
		flaws_add(&f->flaws, "#/to", "inconsistent",
			  "must not be before from", "不能早于 from");
	else if (last - first >= STATEMENT_DAYS_MAX)
		flaws_add(&f->flaws, "#/to", "out-of-range",
			  "is more than 1,100 days", "超过 1100 天");
	return f->flaws.count == 0;
}

static enum flow_next draft_statement(struct flow *f)
{
	const struct statement_new *in = f->body;
	struct statement_at *s = f->state;

	if (!path_enterprise(f, &s->enterprise_id))
		return FLOW_FAIL;
	if (!check_period(f))
		return fail_flaws(f);
	if (!seals_are_there(f))
		return fail(f, FAULT_NO_KEY, "%s", "");
	s->ref.consortium_id = f->actor.consortium_id;
	s->ref.id = uuid_new();
	return ask_one(f, SQL_QUOTA_STATEMENT_DRAFT, P_CONSORTIUM(f),
		       P_UUID(&s->enterprise_id), P_OWNER(f),
		       P_TEXT(in->from), P_TEXT(in->to), P_UUID(&s->ref.id));
}

static const char *code_of(struct flow *f, const struct statement_ref *ref)
{
	uint8_t raw[STATEMENT_BYTES + STAMP_BYTES];
	char *code = arena_array(f->mem, char,
				 CRYPTO_BASE64_BYTES(sizeof(raw)));

	statement_pack(ref, raw);
	stamp(f, "quota-statement", (struct bytes){ raw, STATEMENT_BYTES },
	      raw + STATEMENT_BYTES);
	crypto_base64url((struct bytes){ raw, sizeof(raw) }, code);
	return code;
}

static enum flow_next keep_statement(struct flow *f)
{
	const struct statement_new *in = f->body;
	struct statement_at *s = f->state;
	const char *content = rows_text(f->rows, 0, 0);
	char *hex = arena_array(f->mem, char, 2 * SHA256_BYTES + 1);

	if (rows_bool(f->rows, 0, 1)) {
		flaws_add(&f->flaws, "#/from", "out-of-range",
			  "must not be in the future", "不能晚于今天");
		return fail_flaws(f);
	}
	crypto_sha256((struct bytes){ (const uint8_t *)content,
				      rows_bytes(f->rows, 0, 0) },
		      s->ref.sha256);
	statement_hex(s->ref.sha256, hex);
	return tell(f, SQL_QUOTA_STATEMENT_ADD, P_CONSORTIUM(f),
		    P_UUID(&s->ref.id), P_UUID(&s->enterprise_id),
		    P_TEXT(in->from), P_TEXT(in->to), P_TEXT(content),
		    P_TEXT(hex), P_TEXT(code_of(f, &s->ref)), P_ACCOUNT(f));
}

static enum flow_next reply_statement(struct flow *f)
{
	reply_location(f, "/v1/quota-statements/%s",
		       rows_text(f->rows, 0, STATEMENT_CODE_COLUMN));
	statement_write(reply_json(f, 201), f->rows, 0);
	return FLOW_DONE;
}
