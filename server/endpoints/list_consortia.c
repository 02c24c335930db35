/* GET /v1/consortia - what one must know to sign in or to register. */
#include "flow/everybody.h"
#include "flow/flow.h"
#include "records/consortium.h"

static flow_step find_consortia, reply_consortia;

const struct endpoint list_consortia = {
	.operation = "listConsortia",
	.method = "GET",
	.path = "/v1/consortia",
	.allow = EVERYBODY,
	.is_shared = true,
	.is_paged = true,
	.steps = { find_consortia, reply_consortia },
};

static enum flow_next find_consortia(struct flow *f)
{
	return ask(f, SQL_CONSORTIA_LIST, P_AFTER(f, 0), PAGE_ROWS(f));
}

static enum flow_next reply_consortia(struct flow *f)
{
	return reply_page(f, consortium_write, CONSORTIUM_SLUG_COLUMN);
}
