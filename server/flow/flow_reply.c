/*
 * flow_reply.c - replies: the body is written into the flow's own buffer, the
 * headers are few and gathered on the stack when it is sent (flow_heads.c).
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "flow/document.h"
#include "flow/flow_private.h"
#include "flow/metrics.h"

enum { LOG_FIELDS_BYTES = 512 };

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

enum flow_next reply_document(struct flow *f, const struct document *document)
{
	f->own->document = document;
	f->own->media_type = document->media_type;
	f->own->etag_text = document->etag;
	must(f->own->status == 0);
	f->own->status = 200;
	return FLOW_DONE;
}

bool flow_is_read(const struct flow_private *own)
{
	return own->flow.endpoint &&
	       strcmp(own->flow.endpoint->method, "GET") == 0;
}

/* As the reply is without packing: "v3"; "" if it has none. */
static void write_etag(const struct flow_private *own, char out[ETAG_BYTES])
{
	out[0] = '\0';
	if (own->etag >= 0)
		text_put(text_put_count(text_put(out, "\"v"),
					(uint64_t)own->etag), "\"");
	else if (own->etag_text)
		snprintf(out, ETAG_BYTES, "%s", own->etag_text);
}

/* Other bytes are another entity, "v3-gzip", unless it is the weak one. */
static void write_packed_etag(char out[ETAG_BYTES])
{
	size_t used = strlen(out);

	if (used && *out == '"')
		snprintf(out + used - 1, ETAG_BYTES - used + 1, "-gzip\"");
}

static bool is_listed(const char *at, size_t bytes, const char *etag)
{
	size_t length = strlen(etag);

	for (; bytes >= length; at++, bytes--)
		if (memcmp(at, etag, length) == 0)
			return true;
	return false;
}

/* One of the ETags the client has, packed or not? Weak comparison: RFC 9110
 * 13.1.2. */
bool flow_is_known(const struct flow_private *own)
{
	char etag[ETAG_BYTES];
	size_t bytes;
	const char *at = flow_header(own, "if-none-match", &bytes);

	if (!at)
		return false;
	write_etag(own, etag);
	if (!*etag)
		return false;
	if (bytes == 1 && *at == '*')
		return true;
	if (is_listed(at, bytes, etag))
		return true;
	write_packed_etag(etag);
	return is_listed(at, bytes, etag);
}

/* What the client has already costs it nothing. */
static int status_of(struct flow_private *own, int status)
{
	if (status != 200 || !flow_is_read(own) || !flow_is_known(own))
		return status;
	flow_refund(own);
	return 304;
}

void flow_send_bytes(struct flow_private *own, int status, const char *at,
		     size_t bytes)
{
	struct http_exchange *exchange = own->exchange;
	struct bytes body = { at, bytes };
	struct http_reply reply = { .status = status_of(own, status) };
	bool is_packed = flow_packs(own, bytes);
	struct sent sent;

	sent.count = 0;
	write_etag(own, sent.etag);
	if (is_packed)
		write_packed_etag(sent.etag);
	if (reply.status == 304)
		body.count = 0;
	else if (is_packed)
		body = flow_pack(own, body);
	flow_gather(own, reply.status, is_packed, &sent);
	reply.headers = sent.at;
	reply.header_count = sent.count;
	reply.body = body.at;
	reply.body_bytes = body.count;
	flow_log_request(own, reply.status, reply.body_bytes);
	own->exchange = NULL;
	http_reply(exchange, &reply);
}

void flow_begin_stream(struct flow_private *own)
{
	struct http_reply reply = { .status = own->status };
	struct sent sent;

	sent.count = 0;
	sent.etag[0] = '\0';
	flow_gather(own, own->status, false, &sent);
	reply.headers = sent.at;
	reply.header_count = sent.count;
	http_stream_begin(own->exchange, &reply);
}

/* A page has no version; it is what it was if its bytes are: W/"HASH". */
static void tag_page(struct flow_private *own)
{
	uint8_t hash[SHA256_BYTES];
	char text[CRYPTO_BASE64_BYTES(16)];

	if (own->status != 200 || !flow_is_read(own) ||
	    !own->flow.endpoint->is_paged || own->etag >= 0 || own->etag_text)
		return;
	crypto_sha256((struct bytes){ own->out.at, own->out.used }, hash);
	crypto_base64url((struct bytes){ hash, 16 }, text);
	text_put(text_put(text_put(own->page_etag, "W/\""), text), "\"");
	own->etag_text = own->page_etag;
}

void flow_send(struct flow_private *own)
{
	const struct document *document = own->document;

	must(own->media_type == NULL || own->json.depth == 0);
	flow_prefer(own);
	tag_page(own);
	if (document)
		flow_send_bytes(own, own->status, document->at,
				document->bytes);
	else
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
			 "request_id=%s trace_id=%s role=%s",
			 operation_of(own), status, (long long)(us / 1000),
			 (long long)(us % 1000), bytes, own->request_id,
			 own->trace_id, role_word(own->flow.actor.role));
}

void flow_log(struct flow *f, const char *event, const char *format, ...)
{
	char fields[LOG_FIELDS_BYTES];
	va_list args;

	va_start(args, format);
	vsnprintf(fields, sizeof(fields), format, args);
	va_end(args);
	log_line(LOG_WARN, event,
		 "request_id=%s trace_id=%s operation=%s age_ms=%lld %s",
		 f->own->request_id, f->own->trace_id, operation_of(f->own),
		 (long long)(clock_us() - f->own->begun_us) / 1000, fields);
}
