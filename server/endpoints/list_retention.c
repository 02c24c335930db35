/* GET /v1/retention - how long what is kept, and why; as the worker does it. */
#include "flow/everybody.h"
#include "flow/flow.h"
#include "records/retention.h"

static flow_step reply_retention;

const struct endpoint list_retention = {
	.operation = "listRetention",
	.method = "GET",
	.path = "/v1/retention",
	.allow = EVERYBODY,
	.steps = { reply_retention },
};

static enum flow_next reply_retention(struct flow *f)
{
	struct json_writer *w;

	reply_language(f);
	w = reply_json(f, 200);
	json_object(w);
	json_key(w, "items");
	json_array(w);
	for (int kind = 0; kind < RETENTION_COUNT; kind++)
		retention_write(w, (enum retention)kind, f->lang == LANG_ZH);
	json_end(w);
	json_end(w);
	return FLOW_DONE;
}
