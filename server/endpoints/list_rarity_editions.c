/* GET /v1/consortia/{consortium_id}/rarity-editions - all, newest first. */
#include "endpoints/policy_steps.h"
#include "records/rarity.h"
#include "wire/sql.h"

static flow_step find_editions, reply_editions;

const struct endpoint list_rarity_editions = {
	.operation = "listRarityEditions",
	.method = "GET",
	.path = "/v1/consortia/{consortium_id}/rarity-editions",
	.allow = READERS_OF_POLICY,
	.is_paged = true,
	.steps = { find_editions, reply_editions },
};

static enum flow_next find_editions(struct flow *f)
{
	if (!path_is_own_consortium(f))
		return FLOW_FAIL;
	return ask(f, SQL_RARITY_EDITIONS, P_CONSORTIUM(f), P_AFTER(f, 0),
		   PAGE_ROWS(f));
}

static enum flow_next reply_editions(struct flow *f)
{
	return reply_page(f, rarity_write, RARITY_NUMBER_COLUMN);
}
