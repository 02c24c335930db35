/* GET /v1/accounts - the accounts that one answers for. */
#include "endpoints/account_steps.h"

struct account_filter {
	const char *role;
};

static const struct field filter_shape[] = {
	ENUM(struct account_filter, role, account_role_words, OPTIONAL),
	END_OF_FIELDS
};

static flow_step find_accounts, reply_accounts;

const struct endpoint list_accounts = {
	.operation = "listAccounts",
	.method = "GET",
	.path = "/v1/accounts",
	.allow = MANAGERS_OF_ACCOUNTS,
	.query = filter_shape,
	.query_bytes = sizeof(struct account_filter),
	.is_paged = true,
	.steps = { find_accounts, reply_accounts },
};

static enum flow_next find_accounts(struct flow *f)
{
	const struct account_filter *q = f->query;

	return ask(f, SQL_ACCOUNTS_LIST, P_CONSORTIUM(f), P_ACCOUNT(f),
		   P_TEXT(q->role), P_AFTER(f, 0), PAGE_ROWS(f));
}

static enum flow_next reply_accounts(struct flow *f)
{
	return reply_page(f, account_write, ACCOUNT_ID_COLUMN);
}
