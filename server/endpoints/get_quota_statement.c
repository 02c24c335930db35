/*
 * GET /v1/quota-statements/{code} - the document that was stated, byte for
 * byte, for whoever holds its code; a code that this service did not write, or
 * of a document that is no longer what it was, is none.
 */
#include "endpoints/quota_statement_steps.h"
#include "flow/everybody.h"
#include "wire/sql.h"

static flow_step read_code, reply_statement;

const struct endpoint get_quota_statement = {
	.operation = "getQuotaStatement",
	.method = "GET",
	.path = "/v1/quota-statements/{code}",
	.allow = EVERYBODY,
	.steps = { read_code, reply_statement },
};

static enum flow_next read_code(struct flow *f)
{
	char hex[2 * SHA256_BYTES + 1];
	struct statement_ref ref;

	if (!path_statement(f, &ref, hex))
		return FLOW_FAIL;
	return ask_one(f, SQL_QUOTA_STATEMENT_BY_ID, P_ID(&ref.consortium_id),
		       P_UUID(&ref.id), P_TEXT(hex));
}

static enum flow_next reply_statement(struct flow *f)
{
	reply_header(f, "X-Content-SHA256", rows_text(f->rows, 0, 1));
	return reply_bytes(f, 200, "application/json",
			   rows_text(f->rows, 0, 0), rows_bytes(f->rows, 0, 0));
}
