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
	struct json_writer *w = reply_json(f, 200);
	int shown = page_rows(f);
	const char *last = shown ? rows_text(f->rows, shown - 1,
					     CONSORTIUM_SLUG_COLUMN) : NULL;

	json_object(w);
	json_key(w, "items");
	json_array(w);
	for (int i = 0; i < shown; i++)
		consortium_write(w, f->rows, i);
	json_end(w);
	reply_next(f, &last, 1);
	json_end(w);
	return FLOW_DONE;
}
