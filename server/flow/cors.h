/*
 * cors.h - which pages of other origins a browser lets at the API. Nothing
 * here protects the service: a token does that, and a page has to be given
 * one. No cookie is used, so credentials are never allowed.
 *
 * from  WHATWG Fetch, "CORS protocol"; api-conventions.md 1.14
 */
#ifndef FLOW_CORS_H
#define FLOW_CORS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/base.h"

/* What a page may read of a reply, besides what every page may. */
#define CORS_EXPOSED                                                           \
	"ETag, Link, Location, RateLimit, RateLimit-Policy, Retry-After, "     \
	"X-Request-Id, Preference-Applied, Idempotency-Replayed, "             \
	"Deprecation, Sunset, WWW-Authenticate, Feed-Cursor"
/* What it may send. */
#define CORS_ACCEPTED                                                          \
	"Accept, Accept-Language, Authorization, Content-Type, "               \
	"Idempotency-Key, If-Match, If-None-Match, Prefer, Traceparent, "      \
	"Tracestate, X-Request-Id"
#define CORS_MAX_AGE "600"

/* Is it one, as browsers write them: https://a.example:8443? */
MUST_CHECK bool cors_is_origin(const char *text);

/* Is it empty, "*", or origins as browsers write them, with commas between? */
MUST_CHECK bool cors_is_sound(const char *setting);

/* May a page of this origin read replies? */
MUST_CHECK bool cors_allows(const char *setting, const char *origin,
			    size_t bytes);

#endif
