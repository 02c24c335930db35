/*
 * call.h - ask another server over HTTPS, with libcurl. It blocks: only on
 * threads that may wait. What it is told to ask may have been written by
 * somebody else, so it goes by the address that is really connected to.
 */
#ifndef WIRE_CALL_H
#define WIRE_CALL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

/* How far it may reach. Link-local and other special addresses: never. */
enum call_reach {
	CALL_PUBLIC,	/* https, public addresses */
	CALL_PRIVATE,	/* and a house's own net */
	CALL_LOOPBACK	/* and this machine, by plain http, too */
};

struct call_form { const char *name, *value; };

struct calling {
	const char *url;
	enum call_reach reach;
	const char *user, *password;	/* Basic; NULL: none */
	const struct call_form *form;	/* to POST; NULL: a GET */
	size_t form_count;
	long deadline_ms;
	size_t most_bytes;		/* of the body */
};

struct called {
	int status;
	const char *body;	/* in the arena, NUL-terminated */
	size_t bytes;
};

enum call_flaw {
	CALL_GOOD,		/* there is a reply, of whatever status */
	CALL_BAD_URL,		/* no URL, or not by https */
	CALL_FORBIDDEN,	/* an address that is out of reach */
	CALL_TOO_LARGE,
	CALL_FAILED		/* not reached, no trust, too late, cut off */
};

/* Once, before the threads. */
void call_open(void);

/* No redirect is followed: a reply 3xx is a reply. */
enum call_flaw call(struct arena *mem, const struct calling *what,
		      struct called *out);

/* Is it a URL that could be fetched so: a host, no user, no fragment? */
bool call_is_url(const char *url, enum call_reach reach);

/* Percent-encoded, all but A-Z a-z 0-9 - . _ ~ */
const char *call_escape(struct arena *mem, const char *text);

#endif
