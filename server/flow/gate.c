/* gate.c - the callbacks of the HTTP layer, each a line or two. */
#include "flow/gate.h"

#include <string.h>

#include "base/log.h"
#include "flow/cors.h"
#include "flow/flow_private.h"
#include "flow/metrics.h"

static size_t body_limit(void *arg, struct http_exchange *exchange)
{
	struct loop *loop = arg;
	struct route route;

	router_find(loop->service->router, exchange->head->method,
		    exchange->head->path, &route);
	if (route.card && route.card->body_max_bytes)
		return route.card->body_max_bytes;
	return BODY_MAX_BYTES;
}

static void request(void *arg, struct http_exchange *exchange)
{
	flow_begin(arg, exchange);
}

static void gone(void *arg, struct http_exchange *exchange)
{
	(void)arg;
	flow_gone(exchange);
}

static void clear(void *arg, struct http_exchange *exchange)
{
	(void)arg;
	flow_clear(exchange);
}

enum { REFUSAL_HEADERS_MAX = 8, ORIGIN_BYTES = 256 };

/* A page that may read replies may read this one. */
static const char *origin_of(const struct loop *loop,
			     const struct http_head *head,
			     char out[ORIGIN_BYTES])
{
	const char *setting = loop->service->config->cors_origins;
	struct http_span origin = { "", 0 };

	if (!head || http_head_field(head, "origin", &origin) != 1 ||
	    origin.count >= ORIGIN_BYTES ||
	    !cors_allows(setting, origin.at, origin.count))
		return NULL;
	memcpy(out, origin.at, origin.count);
	out[origin.count] = '\0';
	return *setting == '*' ? "*" : out;
}

static void send_refusal(struct loop *loop, struct http_exchange *exchange,
			 const struct problem *problem)
{
	char origin[ORIGIN_BYTES];
	struct http_header headers[REFUSAL_HEADERS_MAX] = {
		{ "Content-Type", PROBLEM_MEDIA_TYPE },
		{ "X-Request-Id", problem->request_id },
		{ "X-Content-Type-Options", "nosniff" },
		{ "Cache-Control", "no-store" },
		{ "Content-Language", lang_tag(problem->lang) },
	};
	struct http_reply reply = { .status = problem->status,
				    .headers = headers, .header_count = 5,
				    .closes = true };
	const char *allowed = origin_of(loop, exchange->head, origin);

	if (problem->status == 503)
		headers[reply.header_count++] = (struct http_header){
			"Retry-After", "1" };
	if (allowed)
		headers[reply.header_count++] = (struct http_header){
			"Access-Control-Allow-Origin", allowed };
	buf_clear(&loop->scratch);
	problem_write(problem, &loop->scratch);
	reply.body = loop->scratch.at;
	reply.body_bytes = loop->scratch.used;
	http_reply(exchange, &reply);
}

/* What the HTTP layer refuses was no request yet, so it gets no flow. */
static void refuse(void *arg, struct http_exchange *exchange,
		   enum http_flaw flaw)
{
	struct loop *loop = arg;
	struct http_span languages = { "", 0 };
	struct problem problem = { .status = 0 };
	struct uuid id = uuid_new();
	char request_id[UUID_TEXT_BYTES], trace_id[TRACE_ID_BYTES];

	if (exchange->head)
		http_head_field(exchange->head, "accept-language", &languages);
	problem_of_flaw(&problem, flaw,
			lang_accepted(languages.at, languages.count));
	uuid_text(&id, request_id);
	trace_of(exchange->head, &id, trace_id);
	problem.request_id = request_id;
	problem.trace_id = trace_id;
	metrics_count(loop->metrics, endpoints_count, problem.status, 0);
	log_line(LOG_INFO, "refused",
		 "flaw=%s status=%d request_id=%s trace_id=%s", problem.code,
		 problem.status, request_id, trace_id);
	send_refusal(loop, exchange, &problem);
}

const struct http_callbacks gate_callbacks = {
	.body_limit = body_limit,
	.request = request,
	.gone = gone,
	.clear = clear,
	.refuse = refuse,
};
