/* GET /version - which program answers. */
#include "flow/everybody.h"
#include "flow/flow.h"

static flow_step answer;

const struct endpoint get_version = {
	.operation = "getVersion",
	.method = "GET",
	.path = "/version",
	.allow = EVERYBODY,
	.steps = { answer },
};

static enum flow_next answer(struct flow *f)
{
	struct json_writer *w = reply_json(f, 200);

	reply_header(f, "Link", "</openapi.json>; rel=\"service-desc\"; "
		     "type=\"application/json\"");
	json_object(w);
	json_member_text(w, "name", "duikou");
	json_member_text(w, "version", DUIKOU_VERSION);
	json_member_int(w, "migration",
			migrations[migration_count - 1].number);
	json_end(w);
	return FLOW_DONE;
}
