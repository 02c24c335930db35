/* GET /docs/style.css - how the pages of /docs look. */
#include "endpoints/reference_pages.h"
#include "flow/everybody.h"
#include "flow/flow.h"

static flow_step answer;

const struct endpoint get_docs_style = {
	.operation = "getDocsStyle",
	.method = "GET",
	.path = "/docs/style.css",
	.allow = EVERYBODY,
	.is_shared = true,
	.produces = "text/css",
	.steps = { answer },
};

static enum flow_next answer(struct flow *f)
{
	return reply_document(f, &reference_style);
}
