/*
 * flow_heads.c - the header fields that every reply has, whatever the steps
 * said: what it is, which version, what may keep it, who may read it, what it
 * cost, and whether the operation is to go. Nothing of the arena is touched:
 * the pool may hold it when the deadline sends.
 */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/text.h"
#include "flow/cors.h"
#include "flow/flow_private.h"
#include "flow/rates.h"

static void add(struct sent *sent, const char *name, const char *value)
{
	must(sent->count < SENT_HEADERS_MAX);
	sent->at[sent->count++] = (struct http_header){ name, value };
}

static const char *cache_rule(const struct flow_private *own, int status)
{
	if (!flow_is_read(own) || status >= 400)
		return "no-store";
	if (own->flow.endpoint->is_shared)
		return "public, max-age=60, stale-while-revalidate=300";
	return own->flow.actor.role == ROLE_NOBODY ? "no-store" :
						     "private, no-cache";
}

/* What everybody may see any page may read. */
static void add_origin(const struct flow_private *own, struct sent *sent)
{
	const struct endpoint *card = own->flow.endpoint;
	const char *setting = own->loop->service->config->cors_origins;
	const char *origin;
	size_t bytes;

	if (card ? card->is_shared : own->route.is_shared) {
		add(sent, "Access-Control-Allow-Origin", "*");
		add(sent, "Access-Control-Expose-Headers", CORS_EXPOSED);
		return;
	}
	origin = *setting ? flow_header(own, "origin", &bytes) : NULL;
	if (!origin || bytes >= sizeof(sent->origin) ||
	    !cors_allows(setting, origin, bytes))
		return;
	memcpy(sent->origin, origin, bytes);
	sent->origin[bytes] = '\0';
	add(sent, "Access-Control-Allow-Origin",
	    *setting == '*' ? "*" : sent->origin);
	add(sent, "Access-Control-Expose-Headers", CORS_EXPOSED);
}

static void add_rate(const struct flow_private *own, struct sent *sent)
{
	const char *policy;
	char *at;

	if (own->rate <= RATE_FREE)
		return;
	policy = rates_policy(own->loop->service->rates, own->rate);
	at = text_put(sent->rate, "\"");
	at = text_put(at, rate_word(own->rate));
	at = text_put(at, "\";r=");
	at = text_put_count(at, (uint64_t)own->rate_left.tokens);
	at = text_put(at, ";t=");
	text_put_count(at, (uint64_t)own->rate_left.full_s);
	add(sent, "RateLimit-Policy", policy);
	add(sent, "RateLimit", sent->rate);
}

static void add_link(struct sent *sent, char out[LINK_BYTES], const char *to,
		     const char *relation)
{
	int bytes = snprintf(out, LINK_BYTES, "<%s>; rel=\"%s\"", to,
			     relation);

	must(bytes > 0 && bytes < LINK_BYTES);
	add(sent, "Link", out);
}

static void add_deprecation(const struct flow_private *own, struct sent *sent)
{
	const struct deprecation *d = own->flow.endpoint ?
				      own->flow.endpoint->deprecated : NULL;
	struct tm tm;
	time_t sunset_s;

	if (!d)
		return;
	snprintf(sent->since, sizeof(sent->since), "@%lld",
		 (long long)d->since_s);
	add(sent, "Deprecation", sent->since);
	add_link(sent, sent->about, d->about, "deprecation");
	if (d->successor)
		add_link(sent, sent->successor, d->successor,
			 "successor-version");
	if (!d->sunset_s)
		return;
	sunset_s = (time_t)d->sunset_s;
	must(gmtime_r(&sunset_s, &tm) &&
	     strftime(sent->sunset, sizeof(sent->sunset),
		      "%a, %d %b %Y %H:%M:%S GMT", &tm) > 0);
	add(sent, "Sunset", sent->sunset);
}

void flow_gather(const struct flow_private *own, int status, bool is_packed,
		 struct sent *sent)
{
	if (own->media_type && status != 304)
		add(sent, "Content-Type", own->media_type);
	if (is_packed && status != 304)
		add(sent, "Content-Encoding", "gzip");
	if (*sent->etag)
		add(sent, "ETag", sent->etag);
	add(sent, "X-Request-Id", own->request_id);
	add(sent, "X-Content-Type-Options", "nosniff");
	add(sent, "Cache-Control", cache_rule(own, status));
	add(sent, "Vary", "Accept, Accept-Encoding, Accept-Language, "
	    "Authorization, Origin");
	add_rate(own, sent);
	add_origin(own, sent);
	add_deprecation(own, sent);
	for (size_t i = 0; i < own->header_count; i++)
		add(sent, own->headers[i].name, own->headers[i].value);
}

/* ---- OPTIONS ---- */

/* What a browser asks before it lets a page ask. */
static void answer_preflight(struct flow *f)
{
	const struct flow_private *own = f->own;
	size_t bytes;

	if (!flow_header(own, "access-control-request-method", &bytes))
		return;
	reply_header(f, "Access-Control-Allow-Methods", own->route.allow);
	reply_header(f, "Access-Control-Allow-Headers", CORS_ACCEPTED);
	reply_header(f, "Access-Control-Max-Age", CORS_MAX_AGE);
}

enum flow_next flow_answer_options(struct flow *f)
{
	struct flow_private *own = f->own;

	if (http_span_is(own->exchange->head->path, "*")) {
		reply_header(f, "Allow", "GET, HEAD, POST, PUT, PATCH, "
			     "DELETE, OPTIONS");
		return reply_empty(f, 204);
	}
	if (!own->route.is_path_known)
		return fail(f, FAULT_NOT_FOUND, "%s", "");
	reply_header(f, "Allow", own->route.allow);
	if (own->route.takes_patch)
		reply_header(f, "Accept-Patch", MERGE_PATCH_MEDIA_TYPE);
	answer_preflight(f);
	return reply_empty(f, 204);
}
