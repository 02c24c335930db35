/*
 * fetch.h - a document from a URL that somebody else chose: over HTTPS, from
 * the open Internet alone, within bounds of time and size.
 *
 * The address is looked at when the connection is made, so a name that
 * resolves otherwise a moment later wins nothing. No proxy, no redirect, no
 * cookies, no other protocol. It waits: not for an event loop.
 *
 * from  docs/postings.md, "Feeds"; OWASP, "Server-Side Request Forgery"
 */
#ifndef WIRE_FETCH_H
#define WIRE_FETCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"

#define FETCH_FLAW(id, ...) FETCH_##id,
enum fetch_flaw {
#include "wire/fetch_flaws.def"
};
#undef FETCH_FLAW

struct fetch_words { const char *word, *english, *chinese; };
struct fetch_words fetch_words(enum fetch_flaw flaw);

enum { FETCH_URL_MAX = 2000, FETCH_VALIDATOR_MAX = 500 };

/* is_near: this machine alone, by plain HTTP too and at any port; for tests. */
struct fetch_bounds {
	int64_t deadline_ms;
	size_t bytes_max;		/* unpacked */
	bool is_near;
};

/* Before anything is fetched, on one thread. */
MUST_CHECK bool fetch_open(void);

/* Can it be fetched, as far as its text says? */
enum fetch_flaw fetch_url_flaw(const char *url, bool is_near);

/* Validators may be NULL. */
struct fetch_asked {
	const char *url, *etag, *last_modified;
	struct fetch_bounds bounds;
};

/* Texts are in the arena, NULL where the answer has none, or one that is too
 * long. body is the caller's to close. */
struct fetch_got {
	enum fetch_flaw flaw;
	int status;			/* 0: no answer */
	const char *media_type;		/* without parameters, small letters */
	const char *etag, *last_modified;
	struct buf body;
};

/* out  flaw FETCH_NONE: status is 200 or 304 */
void fetch(struct arena *mem, const struct fetch_asked *asked,
	   struct fetch_got *got);

#endif
