/* GET /v1/rules - every rule that is checked, in the words of the law. */
#include "flow/everybody.h"
#include "flow/flow.h"
#include "records/law.h"

static flow_step reply_rules;

const struct endpoint list_rules = {
	.operation = "listRules",
	.method = "GET",
	.path = "/v1/rules",
	.allow = EVERYBODY,
	.steps = { reply_rules },
};

static enum flow_next reply_rules(struct flow *f)
{
	struct json_writer *w;

	reply_language(f);
	w = reply_json(f, 200);
	json_object(w);
	json_key(w, "items");
	json_array(w);
	for (int law = LAW_NONE + 1; law < LAW_COUNT; law++)
		law_write(w, (enum law)law, f->lang == LANG_ZH);
	json_end(w);
	json_end(w);
	return FLOW_DONE;
}
