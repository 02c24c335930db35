/* gate.c - the callbacks of the HTTP layer, each a line or two. */
#include "flow/gate.h"

#include "base/log.h"
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

/* What the HTTP layer refuses was no request yet, so it gets no flow. */
static void refuse(void *arg, struct http_exchange *exchange,
		   enum http_flaw flaw)
{
	struct loop *loop = arg;
	struct http_span languages = { "", 0 };
	struct problem problem = { .status = 0 };
	struct uuid id = uuid_new();
	char request_id[UUID_TEXT_BYTES];
	struct http_header headers[] = {
		{ "Content-Type", PROBLEM_MEDIA_TYPE },
		{ "X-Request-Id", request_id },
		{ "X-Content-Type-Options", "nosniff" },
		{ "Cache-Control", "no-store" },
		{ "Content-Language", "" },
		{ "Retry-After", "1" },
	};
	struct http_reply reply = { .headers = headers,
				    .header_count = COUNT_OF(headers) - 1,
				    .closes = true };

	if (exchange->head)
		http_head_field(exchange->head, "accept-language", &languages);
	problem_of_flaw(&problem, flaw,
			lang_accepted(languages.at, languages.count));
	uuid_text(&id, request_id);
	problem.request_id = request_id;
	headers[4].value = lang_tag(problem.lang);
	if (problem.status == 503)
		reply.header_count++;
	buf_clear(&loop->scratch);
	problem_write(&problem, &loop->scratch);
	reply.status = problem.status;
	reply.body = loop->scratch.at;
	reply.body_bytes = loop->scratch.used;
	metrics_count(loop->metrics, endpoints_count, problem.status, 0);
	log_line(LOG_INFO, "refused", "flaw=%s status=%d request_id=%s",
		 problem.code, problem.status, request_id);
	http_reply(exchange, &reply);
}

const struct http_callbacks gate_callbacks = {
	.body_limit = body_limit,
	.request = request,
	.gone = gone,
	.refuse = refuse,
};
