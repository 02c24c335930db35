/*
 * GET /v1/enterprises/{enterprise_id}/quota/statements - what was stated of an
 * enterprise, the latest first.
 */
#include "endpoints/enterprise_steps.h"
#include "records/quota_statement.h"

static flow_step find_owner, find_statements, reply_statements;

const struct endpoint list_quota_statements = {
	.operation = "listQuotaStatements",
	.method = "GET",
	.path = "/v1/enterprises/{enterprise_id}/quota/statements",
	.allow = READERS_OF_AN_ENTERPRISE,
	.state_bytes = sizeof(struct uuid),
	.is_paged = true,
	.steps = { find_owner, find_statements, reply_statements },
};

static enum flow_next find_owner(struct flow *f)
{
	struct uuid *id = f->state;

	if (!path_enterprise(f, id))
		return FLOW_FAIL;
	return ask_one(f, SQL_ENTERPRISE_OWNED, P_CONSORTIUM(f), P_ID(id),
		       P_OWNER(f));
}

static enum flow_next find_statements(struct flow *f)
{
	struct uuid *id = f->state;

	return ask(f, SQL_QUOTA_STATEMENTS_LIST, P_CONSORTIUM(f), P_UUID(id),
		   P_AFTER(f, 0), PAGE_ROWS(f));
}

static enum flow_next reply_statements(struct flow *f)
{
	return reply_page(f, statement_write, STATEMENT_ID_COLUMN);
}
