/*
 * GET /docs - the API for people to read: one page without scripts, in the
 * language that is asked for. What it may do is said in its policy: nothing but
 * show its own style.
 */
#include "endpoints/reference_pages.h"
#include "flow/everybody.h"
#include "flow/flow.h"

struct docs_query {
	const char *lang;
};

static const char *const langs[] = { "zh", "en", NULL };

static const struct field docs_query[] = {
	ENUM(struct docs_query, lang, langs, OPTIONAL),
	END_OF_FIELDS
};

static flow_step answer;

const struct endpoint get_docs = {
	.operation = "getDocs",
	.method = "GET",
	.path = "/docs",
	.allow = EVERYBODY,
	.query = docs_query,
	.query_bytes = sizeof(struct docs_query),
	.is_shared = true,
	.produces = "text/html",
	.steps = { answer },
};

static enum flow_next answer(struct flow *f)
{
	const struct docs_query *q = f->query;

	if (q->lang)
		f->lang = *q->lang == 'e' ? LANG_EN : LANG_ZH;
	reply_language(f);
	reply_header(f, "Content-Security-Policy",
		     "default-src 'none'; style-src 'self'; "
		     "base-uri 'none'; form-action 'none'; "
		     "frame-ancestors 'none'");
	reply_header(f, "Referrer-Policy", "no-referrer");
	reply_header(f, "Link", "</openapi.json>; rel=\"service-desc\"; "
		     "type=\"application/json\"");
	return reply_document(f, f->lang == LANG_EN ? &reference_page_en :
						      &reference_page_zh);
}
