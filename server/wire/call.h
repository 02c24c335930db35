/*
 * call.h - ask another server over HTTPS, with libcurl. What it is told to ask
 * may have been written by somebody else, so the address is looked at when
 * the connection is made: a name that resolves otherwise a moment later wins
 * nothing. No proxy, no redirect, no cookies, no other protocol. It waits:
 * only on threads that may.
 *
 * from  OWASP, "Server-Side Request Forgery"; docs/postings.md, "Feeds"
 */
#ifndef WIRE_CALL_H
#define WIRE_CALL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"

#define CALL_FLAW(id, ...) CALL_##id,
enum call_flaw {
#include "wire/call_flaws.def"
};
#undef CALL_FLAW

struct call_words { const char *word, *english, *chinese; };
struct call_words call_words(enum call_flaw flaw);

/* How far it may reach. Link-local and other special addresses: never. */
enum call_reach {
	CALL_PUBLIC,	/* https, public addresses */
	CALL_PRIVATE,	/* and a house's own net */
	CALL_LOOPBACK,	/* and this machine, by plain http, too */
	CALL_WEB,	/* https, public addresses, port 443 or 8443 */
	CALL_NEAR	/* this machine alone, by plain http, too; for tests */
};

enum { CALL_URL_MAX = 2000, CALL_HEADER_MAX = 500 };

struct call_form { const char *name, *value; };

/* Texts may be NULL, but for the URL. */
struct calling {
	const char *url;
	enum call_reach reach;
	const char *user, *password;	/* Basic */
	const char *accept;		/* NULL: application/json */
	const char *etag, *last_modified;	/* of what is known already */
	const struct call_form *form;	/* to POST; NULL: a GET */
	size_t form_count;
	int64_t deadline_ms;
	size_t most_bytes;		/* of the body, unpacked */
};

/* Texts are in the arena, NULL where the reply has none, or one that is too
 * long. */
struct called {
	int status;			/* 0: no reply */
	const char *media_type;		/* without parameters, small letters */
	const char *etag, *last_modified;
	struct buf body;		/* the caller's to close */
};

/* Once, before the threads. */
MUST_CHECK bool call_open(void);

/*
 * out    CALL_GOOD: there is a reply, of whatever status; 3xx is a reply
 * fails  with what came until then in out
 */
enum call_flaw call(struct arena *mem, const struct calling *what,
		    struct called *out);

/* Could it be asked, as far as its text says? A host, no user, no fragment. */
enum call_flaw call_url_flaw(const char *url, enum call_reach reach);

/* Percent-encoded, all but A-Z a-z 0-9 - . _ ~ */
const char *call_escape(struct arena *mem, const char *text);

#endif
