/* GET /openapi.json - the document that this program is held to. */
#include "endpoints/openapi_document.h"
#include "flow/everybody.h"
#include "flow/flow.h"

static flow_step answer;

const struct endpoint get_openapi = {
	.operation = "getOpenapi",
	.method = "GET",
	.path = "/openapi.json",
	.allow = EVERYBODY,
	.is_shared = true,
	.steps = { answer },
};

static enum flow_next answer(struct flow *f)
{
	return reply_document(f, &openapi_document);
}
