/* GET /livez - the process turns its loops. */
#include "flow/everybody.h"
#include "flow/flow.h"

static flow_step answer;

const struct endpoint get_livez = {
	.operation = "getLivez",
	.method = "GET",
	.path = "/livez",
	.allow = EVERYBODY,
	.rate = RATE_FREE,
	.steps = { answer },
};

static enum flow_next answer(struct flow *f)
{
	struct json_writer *w = reply_json(f, 200);

	json_object(w);
	json_member_text(w, "status", "ok");
	json_end(w);
	return FLOW_DONE;
}
