/*
 * GET /docs - the API for people to read: one page without scripts, in the
 * language that is asked for. What it may do is said in its policy: nothing but
 * show its own style.
 */
#include "endpoints/pages.h"
#include "endpoints/reference_pages.h"
#include "flow/everybody.h"

static flow_step answer;

const struct endpoint get_docs = {
	.operation = "getDocs",
	.method = "GET",
	.path = "/docs",
	.allow = EVERYBODY,
	.query = page_query,
	.query_bytes = sizeof(struct page_query),
	.is_shared = true,
	.produces = "text/html",
	.steps = { answer },
};

static enum flow_next answer(struct flow *f)
{
	begin_page(f);
	reply_header(f, "Link", "</openapi.json>; rel=\"service-desc\"; "
		     "type=\"application/json\"");
	return reply_document(f, f->lang == LANG_EN ? &reference_page_en :
						      &reference_page_zh);
}
