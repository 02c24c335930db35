/*
 * db_url.c - see db_url.h. Session settings travel in the start-up message
 * (libpq's `options`), so a connection is right from its first statement.
 */
#include "wire/db_url.h"

#include <stdio.h>
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
	static const char ours[] = "-c timezone=UTC -c datestyle=ISO "
				   "-c intervalstyle=iso_8601";
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
	if (!u->given)
		db_url_set(u, "dbname", url);
	for (PQconninfoOption *o = u->given; o && o->keyword; o++)
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
