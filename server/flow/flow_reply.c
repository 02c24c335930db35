/*
 * flow_reply.c - replies: the body is written into the flow's own buffer, the
 * headers are few and gathered on the stack when it is sent.
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "flow/flow_private.h"
#include "flow/metrics.h"

enum { ETAG_BYTES = 32, SENT_HEADERS_MAX = HEADERS_MAX + 8,
       LOG_FIELDS_BYTES = 512 };

struct json_writer *reply_json(struct flow *f, int status)
{
	struct flow_private *own = f->own;

	must(own->status == 0);
	own->status = status;
	own->media_type = f->endpoint->produces ? f->endpoint->produces :
						 "application/json";
	buf_clear(&own->out);
	json_begin(&own->json, &own->out);
	return &own->json;
}

enum flow_next reply_empty(struct flow *f, int status)
{
	must(f->own->status == 0);
	f->own->status = status;
	f->own->media_type = NULL;
	buf_clear(&f->own->out);
	return FLOW_DONE;
}

enum flow_next reply_bytes(struct flow *f, int status, const char *media_type,
			   const void *at, size_t bytes)
{
	must(f->own->status == 0);
	f->own->status = status;
	f->own->media_type = media_type;
	buf_clear(&f->own->out);
	buf_bytes(&f->own->out, at, bytes);
	return FLOW_DONE;
}

void reply_etag(struct flow *f, int64_t version)
{
	must(version >= 0);
	f->own->etag = version;
}

void reply_etag_text(struct flow *f, const char *etag)
{
	f->own->etag_text = etag;
}

void reply_header(struct flow *f, const char *name, const char *value)
{
	struct flow_private *own = f->own;

	must(own->header_count < HEADERS_MAX);
	own->headers[own->header_count++] = (struct http_header){ name,
								  value };
}

void reply_language(struct flow *f)
{
	reply_header(f, "Content-Language", lang_tag(f->lang));
}

void reply_location(struct flow *f, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	reply_header(f, "Location", arena_vprint(f->mem, format, args));
	va_end(args);
}

/* One of the ETags the client has? Weak comparison: RFC 9110 13.1.2. */
static bool is_known(const struct flow_private *own, const char *etag)
{
	size_t bytes, length = strlen(etag);
	const char *at = flow_header(own, "if-none-match", &bytes);

	if (!at)
		return false;
	if (bytes == 1 && *at == '*')
		return true;
	for (; bytes >= length; at++, bytes--)
		if (memcmp(at, etag, length) == 0)
			return true;
	return false;
}

static bool is_read(const struct flow_private *own)
{
	return own->flow.endpoint &&
	       strcmp(own->flow.endpoint->method, "GET") == 0;
}

static const char *cache_rule(const struct flow_private *own, int status)
{
	if (!is_read(own) || status >= 400)
		return "no-store";
	if (own->flow.endpoint->is_shared)
		return "public, max-age=60, stale-while-revalidate=300";
	return own->flow.actor.role == ROLE_NOBODY ? "no-store" :
						     "private, no-cache";
}

struct sent {
	struct http_header at[SENT_HEADERS_MAX];
	size_t count;
};

static void add(struct sent *sent, const char *name, const char *value)
{
	sent->at[sent->count++] = (struct http_header){ name, value };
}

static void gather(const struct flow_private *own, int status,
		   const char *etag, struct sent *out)
{
	if (own->media_type && status != 304)
		add(out, "Content-Type", own->media_type);
	if (*etag)
		add(out, "ETag", etag);
	add(out, "X-Request-Id", own->request_id);
	add(out, "X-Content-Type-Options", "nosniff");
	add(out, "Cache-Control", cache_rule(own, status));
	add(out, "Vary", "Accept, Accept-Language, Authorization");
	for (size_t i = 0; i < own->header_count; i++)
		out->at[out->count++] = own->headers[i];
}

void flow_send_bytes(struct flow_private *own, int status, const char *at,
		     size_t bytes)
{
	struct http_exchange *exchange = own->exchange;
	struct sent sent = { .count = 0 };
	struct http_reply reply = { .status = status };
	char etag[ETAG_BYTES] = "";
	const char *tag = etag;

	if (own->etag >= 0)
		snprintf(etag, sizeof(etag), "\"v%lld\"",
			 (long long)own->etag);
	else if (own->etag_text)
		tag = own->etag_text;
	if (*tag && status == 200 && is_read(own) && is_known(own, tag))
		reply.status = 304;
	gather(own, reply.status, tag, &sent);
	reply.headers = sent.at;
	reply.header_count = sent.count;
	reply.body = at;
	reply.body_bytes = reply.status == 304 ? 0 : bytes;
	flow_log_request(own, reply.status, reply.body_bytes);
	own->exchange = NULL;
	http_reply(exchange, &reply);
}

void flow_send(struct flow_private *own)
{
	must(own->media_type == NULL || own->json.depth == 0);
	flow_send_bytes(own, own->status, own->out.at, own->out.used);
}

static const char *operation_of(const struct flow_private *own)
{
	return own->flow.endpoint ? own->flow.endpoint->operation : "none";
}

void flow_log_request(const struct flow_private *own, int status,
		      size_t bytes)
{
	int64_t us = clock_us() - own->begun_us;

	metrics_count(own->loop->metrics, own->route.index, status, us);
	if (log_is_on(LOG_INFO))
		log_line(LOG_INFO, "request",
			 "operation=%s status=%d ms=%lld.%03lld bytes=%zu "
			 "request_id=%s role=%s",
			 operation_of(own), status, (long long)(us / 1000),
			 (long long)(us % 1000), bytes, own->request_id,
			 role_word(own->flow.actor.role));
}

void flow_log(struct flow *f, const char *event, const char *format, ...)
{
	char fields[LOG_FIELDS_BYTES];
	va_list args;

	va_start(args, format);
	vsnprintf(fields, sizeof(fields), format, args);
	va_end(args);
	log_line(LOG_WARN, event, "request_id=%s operation=%s age_ms=%lld %s",
		 f->own->request_id, operation_of(f->own),
		 (long long)(clock_us() - f->own->begun_us) / 1000, fields);
}
