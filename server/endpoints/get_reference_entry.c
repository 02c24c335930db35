/* GET /v1/reference/{list}/{code} - one entry of a code list. */
#include "flow/everybody.h"
#include "flow/flow.h"
#include "records/reference.h"

struct sought {
	const struct reference_list *list;
};

static flow_step find_entry, reply_entry;

const struct endpoint get_reference_entry = {
	.operation = "getReferenceEntry",
	.method = "GET",
	.path = "/v1/reference/{list}/{code}",
	.allow = EVERYBODY,
	.is_shared = true,
	.state_bytes = sizeof(struct sought),
	.steps = { find_entry, reply_entry },
};

static enum flow_next find_entry(struct flow *f)
{
	struct sought *s = f->state;

	s->list = reference_by_name(path_text(f, "list"));
	if (!s->list)
		return fail(f, FAULT_NOT_FOUND, "%s", "");
	return ask_one(f, s->list->sql, P_TEXT(path_text(f, "code")), P_NULL,
		       P_NULL, P_NULL, P_NULL, P_INT(1));
}

static enum flow_next reply_entry(struct flow *f)
{
	struct sought *s = f->state;

	reply_etag_text(f, rows_text(f->rows, 0, REFERENCE_ETAG_COLUMN));
	reference_write(reply_json(f, 200), s->list, f->rows, 0);
	return FLOW_DONE;
}
