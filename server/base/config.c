/* config.c - one table of settings, three walks over it. */
#include "base/config.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

extern char **environ;

static const char *value_of(const char *name, const char *usual)
{
	const char *value = getenv(name);

	return value && *value ? value : usual;
}

static bool read_int(const char *name, const int64_t range[3], int64_t *out,
		     FILE *complaints)
{
	const char *value = value_of(name, NULL);

	*out = range[0];
	if (!value)
		return true;
	if (text_to_int(value, out) && *out >= range[1] && *out <= range[2])
		return true;
	fprintf(complaints,
		"%s=%s: must be a whole number from %" PRId64 " to %" PRId64
		"\n", name, value, range[1], range[2]);
	return false;
}

static bool is_setting(const char *entry)
{
	static const char *const names[] = {
#define TEXT_SETTING(field, name, usual, help) name "=",
#define INT_SETTING(field, name, usual, least, most, help) name "=",
#include "base/settings.def"
#undef TEXT_SETTING
#undef INT_SETTING
	};

	for (size_t i = 0; i < COUNT_OF(names); i++)
		if (text_starts(entry, names[i]))
			return true;
	return false;
}

/* A mistyped name would silently leave the default in force. */
static bool names_are_known(FILE *complaints)
{
	bool is_good = true;

	for (char **entry = environ; *entry; entry++) {
		if (!text_starts(*entry, "DUIKOU_") || is_setting(*entry) ||
		    text_starts(*entry, "DUIKOU_TEST_") ||
		    text_starts(*entry, "DUIKOU_PORT="))
			continue;
		fprintf(complaints, "%.*s: no such setting\n",
			(int)strcspn(*entry, "="), *entry);
		is_good = false;
	}
	return is_good;
}

bool config_read(struct config *config, FILE *complaints)
{
	bool is_good = names_are_known(complaints);

#define TEXT_SETTING(field, name, usual, help)                                 \
	config->field = value_of(name, usual);
#define INT_SETTING(field, name, usual, least, most, help)                     \
	is_good &= read_int(name, (const int64_t[]){ usual, least, most },     \
			    &config->field, complaints);
#include "base/settings.def"
#undef TEXT_SETTING
#undef INT_SETTING
	return is_good;
}

/*
 * Where the password of a URL (scheme://user:password@host) stands, or 0. In
 * a malformed one it may hold an @, or follow no scheme: better too much is
 * hidden than too little.
 */
static size_t password_at(const char *url, size_t *bytes)
{
	const char *scheme = strstr(url, "://");
	const char *end = strrchr(url, '@');
	const char *colon = strchr(scheme ? scheme + 3 : url, ':');

	if (!end || !colon || colon > end)
		return 0;
	*bytes = (size_t)(end - colon - 1);
	return (size_t)(colon + 1 - url);
}

static void print_text(FILE *out, const char *name, const char *value,
		       const char *help)
{
	size_t bytes = 0, at = password_at(value, &bytes);

	if (strstr(value, "password") || (*value && strstr(name, "_KEYS")))
		fprintf(out, "%-26s (hidden)  # %s\n", name, help);
	else if (at)
		fprintf(out, "%-26s %.*s***%s  # %s\n", name, (int)at, value,
			value + at + bytes, help);
	else
		fprintf(out, "%-26s %s  # %s\n", name, value, help);
}

void config_print(const struct config *config, FILE *out)
{
#define TEXT_SETTING(field, name, usual, help)                                 \
	print_text(out, name, config->field, help);
#define INT_SETTING(field, name, usual, least, most, help)                     \
	fprintf(out, "%-26s %" PRId64 "  # %s (%d to %d, default %d)\n",       \
		name, config->field, help, least, most, usual);
#include "base/settings.def"
#undef TEXT_SETTING
#undef INT_SETTING
}
