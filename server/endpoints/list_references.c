/* GET /v1/reference - the code lists, and which edition of each is loaded. */
#include "flow/everybody.h"
#include "flow/flow.h"
#include "records/reference.h"

static flow_step find_lists, reply_lists;

const struct endpoint list_references = {
	.operation = "listReferences",
	.method = "GET",
	.path = "/v1/reference",
	.allow = EVERYBODY,
	.is_shared = true,
	.steps = { find_lists, reply_lists },
};

static enum flow_next find_lists(struct flow *f)
{
	return flow_ask(f, (struct asking){ DB_READ, FAULT_NONE,
					    SQL_REFERENCE_LISTS }, NULL, 0);
}

/* What is loaded for the matcher alone has no entries to read. */
static enum flow_next reply_lists(struct flow *f)
{
	struct json_writer *w = reply_json(f, 200);

	json_object(w);
	json_key(w, "items");
	json_array(w);
	for (int i = 0; i < rows_count(f->rows); i++) {
		const struct reference_list *list =
			reference_by_table(rows_text(f->rows, i, 0));

		if (list)
			reference_list_write(w, list, f->rows, i);
	}
	json_end(w);
	json_end(w);
	return FLOW_DONE;
}
