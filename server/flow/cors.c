/* cors.c - the list of origins; compared byte by byte, as browsers do. */
#include "flow/cors.h"

#include <string.h>

#include "base/text.h"

static const char host_chars[] = "abcdefghijklmnopqrstuvwxyz0123456789.-[:]";

static bool is_origin(const char *at, size_t bytes)
{
	static const char *const schemes[] = { "https://", "http://" };

	for (size_t i = 0; i < COUNT_OF(schemes); i++) {
		size_t scheme = strlen(schemes[i]);

		if (bytes > scheme && memcmp(at, schemes[i], scheme) == 0)
			return strspn(at + scheme, host_chars) >=
			       bytes - scheme;
	}
	return false;
}

bool cors_is_origin(const char *text)
{
	return is_origin(text, strlen(text));
}

bool cors_is_sound(const char *setting)
{
	if (!*setting || text_same(setting, "*"))
		return true;
	for (;;) {
		size_t bytes = strcspn(setting, ",");

		if (!is_origin(setting, bytes))
			return false;
		setting += bytes;
		if (!*setting++)
			return true;
	}
}

bool cors_allows(const char *setting, const char *origin, size_t bytes)
{
	if (text_same(setting, "*"))
		return true;
	while (*setting) {
		size_t length = strcspn(setting, ",");

		if (length == bytes && memcmp(setting, origin, bytes) == 0)
			return true;
		setting += length + (setting[length] == ',');
	}
	return false;
}
