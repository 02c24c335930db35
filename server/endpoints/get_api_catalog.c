/*
 * GET /.well-known/api-catalog - where the API, its document, its reference and
 * its health are.
 *
 * from  RFC 9727; RFC 9264 "JSON Document Format"
 */
#include "flow/everybody.h"
#include "flow/flow.h"

#define PATH "/.well-known/api-catalog"

static flow_step answer;

const struct endpoint get_api_catalog = {
	.operation = "getApiCatalog",
	.method = "GET",
	.path = PATH,
	.allow = EVERYBODY,
	.is_shared = true,
	.produces = "application/linkset+json",
	.steps = { answer },
};

static void link_to(struct json_writer *w, const char *relation,
		    const char *href, const char *type)
{
	json_key(w, relation);
	json_array(w);
	json_object(w);
	json_member_text(w, "href", href);
	json_member_text(w, "type", type);
	json_end(w);
	json_end(w);
}

static enum flow_next answer(struct flow *f)
{
	struct json_writer *w;

	reply_header(f, "Link", "<" PATH ">; rel=\"api-catalog\"");
	reply_header(f, "Link", "</openapi.json>; rel=\"service-desc\"; "
		     "type=\"application/json\"");
	w = reply_json(f, 200);
	json_object(w);
	json_key(w, "linkset");
	json_array(w);
	json_object(w);
	json_member_text(w, "anchor", "/v1");
	link_to(w, "service-desc", "/openapi.json", "application/json");
	link_to(w, "service-doc", "/docs", "text/html");
	link_to(w, "status", "/readyz", "application/json");
	json_end(w);
	json_end(w);
	json_end(w);
	return FLOW_DONE;
}
