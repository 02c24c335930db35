/* GET /v1/api-keys - the live keys of one's enterprise, school or office. */
#include "endpoints/api_key_steps.h"

static flow_step find_keys, reply_keys;

const struct endpoint list_api_keys = {
	.operation = "listApiKeys",
	.method = "GET",
	.path = "/v1/api-keys",
	.allow = KEEPERS_OF_KEYS,
	.is_paged = true,
	.steps = { find_keys, reply_keys },
};

static enum flow_next find_keys(struct flow *f)
{
	return ask(f, SQL_API_KEYS_LIST, P_CONSORTIUM(f), P_ACCOUNT(f),
		   P_AFTER(f, 0), PAGE_ROWS(f));
}

static void write_key(struct json_writer *w, const struct rows *rows, int row)
{
	json_object(w);
	api_key_members(w, rows, row);
	json_end(w);
}

static enum flow_next reply_keys(struct flow *f)
{
	return reply_page(f, write_key, API_KEY_ID_COLUMN);
}
