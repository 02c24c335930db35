/*
 * db_url.h - a connection URL (or conninfo) taken apart into libpq's keywords,
 * with what the house adds: UTC, UTF-8, an application name, timeouts, and
 * keepalives that notice a dead peer. What the URL says itself stands.
 */
#ifndef WIRE_DB_URL_H
#define WIRE_DB_URL_H

#include <libpq-fe.h>

enum { DB_URL_WORDS = 64 };

struct db_url {
	PQconninfoOption *given;	/* owns what the URL said */
	const char *keywords[DB_URL_WORDS], *values[DB_URL_WORDS];
	int count;			/* both end with a NULL */
	char *session;
};

/*
 * What is wrong with a URL, in words that quote nothing of it, since a
 * password may stand anywhere in what is malformed; NULL if nothing is.
 * Static text. An empty URL is a flaw: libpq would go to some default.
 */
const char *db_url_flaw(const char *url);

/*
 * in     url: db_url_flaw finds nothing in it; settings: more of
 *        "-c name=value" for the session, or ""
 * mem    url and name are kept by the caller until db_url_close
 */
void db_url_open(struct db_url *u, const char *url, const char *name,
		 const char *settings);
void db_url_close(struct db_url *u);

/* What the URL says of the keyword; NULL if nothing. */
const char *db_url_word(const struct db_url *u, const char *keyword);

/* Sets a keyword; the value is borrowed until the next. */
void db_url_set(struct db_url *u, const char *keyword, const char *value);

#endif
