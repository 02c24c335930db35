/*
 * db_url.c - see db_url.h. Session settings travel in the start-up message
 * (libpq's `options`), so a connection is right from its first statement.
 * What libpq would only find when it connects, and so again and again, is
 * looked for before.
 */
#include "wire/db_url.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/mem.h"
#include "base/text.h"

static const char *const usual[][2] = {
	{ "client_encoding", "UTF8" },
	{ "connect_timeout", "5" },
	{ "gssencmode", "disable" },	/* asking Kerberos would block */
	{ "keepalives_idle", "10" },
	{ "keepalives_interval", "5" },
	{ "keepalives_count", "3" },
	{ "tcp_user_timeout", "10000" },
};

/* libpq's message quotes what it could not read; only its phrase is ours. */
static const char *phrase_of(const char *message)
{
	static const char *const phrases[] = {
		"missing \"=\"",
		"unterminated quoted string",
		"invalid percent-encoded token",
		"forbidden value %00 in percent-encoded value",
		"IPv6 host address may not be empty",
		"looking for matching \"]\" in IPv6 host address",
		"unexpected character",
		"extra key/value separator \"=\" in URI query parameter",
		"missing key/value separator \"=\" in URI query parameter",
		"invalid URI query parameter",
		"invalid connection option",
	};

	for (size_t i = 0; message && i < COUNT_OF(phrases); i++)
		if (strstr(message, phrases[i]))
			return phrases[i];
	return "it cannot be read";
}

/* "5432", "5432,,5433": nothing between two commas is the default. */
static bool ports_are_sound(const char *ports)
{
	while (*ports) {
		size_t digits = strspn(ports, "0123456789");
		long port = strtol(ports, NULL, 10);

		if (digits && (digits > 5 || port < 1 || port > 65535))
			return false;
		ports += digits;
		if (*ports && *ports++ != ',')
			return false;
	}
	return true;
}

static bool is_of(const char *value, const char *const *words)
{
	while (*words && !text_same(*words, value))
		words++;
	return *words != NULL;
}

static const char *flaw_of_option(const PQconninfoOption *option)
{
	static const char *const ssl_modes[] = { "disable", "allow", "prefer",
		"require", "verify-ca", "verify-full", NULL };
	static const char *const targets[] = { "any", "read-write",
		"read-only", "primary", "standby", "prefer-standby", NULL };

	if (!option->val || !*option->val)
		return NULL;
	if (text_same(option->keyword, "port") &&
	    !ports_are_sound(option->val))
		return "a port must be a number from 1 to 65535";
	if (text_same(option->keyword, "sslmode") &&
	    !is_of(option->val, ssl_modes))
		return "there is no such sslmode";
	if (text_same(option->keyword, "target_session_attrs") &&
	    !is_of(option->val, targets))
		return "there is no such target_session_attrs";
	return NULL;
}

const char *db_url_flaw(const char *url)
{
	char *message = NULL;
	PQconninfoOption *given;
	const char *flaw = NULL;

	if (!*url)
		return "it is not set";
	given = PQconninfoParse(url, &message);
	if (!given)
		flaw = phrase_of(message);
	for (PQconninfoOption *o = given; o && o->keyword && !flaw; o++)
		flaw = flaw_of_option(o);
	PQconninfoFree(given);
	PQfreemem(message);
	return flaw;
}

const char *db_url_word(const struct db_url *u, const char *keyword)
{
	for (int i = 0; i < u->count; i++)
		if (text_same(u->keywords[i], keyword))
			return u->values[i];
	return NULL;
}

void db_url_set(struct db_url *u, const char *keyword, const char *value)
{
	int i = 0;

	while (i < u->count && !text_same(u->keywords[i], keyword))
		i++;
	must(i < DB_URL_WORDS - 1);
	u->keywords[i] = keyword;
	u->values[i] = value;
	if (i == u->count)
		u->count++;
}

static void session_open(struct db_url *u, const char *settings)
{
	/* Compiling takes longer than any statement of ours does: 2.1 s of
	 * the 2.6 of quota_statistics.sql, for 20,000 enterprises. */
	static const char ours[] = "-c timezone=UTC -c datestyle=ISO "
				   "-c intervalstyle=iso_8601 -c jit=off";
	const char *given = db_url_word(u, "options");
	size_t bytes;

	if (!given)
		given = "";
	bytes = sizeof(ours) + strlen(settings) + strlen(given) + 2;
	u->session = mem_zeroed(bytes, 1);
	snprintf(u->session, bytes, "%s %s %s", ours, settings, given);
	db_url_set(u, "options", u->session);
}

void db_url_open(struct db_url *u, const char *url, const char *name,
		 const char *settings)
{
	*u = (struct db_url){ .given = PQconninfoParse(url, NULL) };
	must(u->given != NULL);
	for (PQconninfoOption *o = u->given; o->keyword; o++)
		if (o->val)
			db_url_set(u, o->keyword, o->val);
	for (size_t i = 0; i < COUNT_OF(usual); i++)
		if (!db_url_word(u, usual[i][0]))
			db_url_set(u, usual[i][0], usual[i][1]);
	db_url_set(u, "fallback_application_name", name);
	session_open(u, settings);
}

void db_url_close(struct db_url *u)
{
	PQconninfoFree(u->given);
	mem_free(u->session);
}
