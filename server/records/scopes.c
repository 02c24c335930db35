/* scopes.c - see scopes.h. */
#include "records/scopes.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"

static const char *const resources[] = {
#define SCOPE_RESOURCE(word) word,
#include "records/scopes.def"
#undef SCOPE_RESOURCE
};

_Static_assert(COUNT_OF(resources) <= 32, "two bits for each");

static const char *const ways[] = { "read", "write" };

/* The resource whose word this is, or COUNT_OF(resources). */
static size_t resource_of(const char *at, size_t bytes)
{
	size_t i = 0;

	while (i < COUNT_OF(resources) &&
	       !(strlen(resources[i]) == bytes &&
		 memcmp(resources[i], at, bytes) == 0))
		i++;
	return i;
}

/* 0: it is none. */
static uint64_t bit_of(const char *at, size_t bytes)
{
	size_t colon = 0, resource;

	while (colon < bytes && at[colon] != ':')
		colon++;
	resource = resource_of(at, colon);
	if (resource == COUNT_OF(resources) || colon == bytes)
		return 0;
	for (size_t way = 0; way < COUNT_OF(ways); way++)
		if (strlen(ways[way]) == bytes - colon - 1 &&
		    memcmp(ways[way], at + colon + 1, bytes - colon - 1) == 0)
			return UINT64_C(1) << (2 * resource + way);
	return 0;
}

const char *scope_check(const char *word)
{
	return bit_of(word, strlen(word)) ? NULL : "is no scope";
}

uint64_t scopes_from_text(const char *text)
{
	uint64_t bits = 0;

	while (*text) {
		size_t bytes = strcspn(text, " ");

		bits |= bit_of(text, bytes);
		text += bytes + (text[bytes] == ' ');
	}
	return bits;
}

uint64_t scope_of(const char *method, const char *path)
{
	static const char root[] = "/v1/";
	size_t resource;

	if (!text_starts(path, root))
		return 0;
	path += strlen(root);
	resource = resource_of(path, strcspn(path, "/"));
	if (resource == COUNT_OF(resources))
		return 0;
	return UINT64_C(1) << (2 * resource + !text_same(method, "GET"));
}

void scope_name(uint64_t scope, char out[SCOPE_NAME_BYTES])
{
	unsigned bit = (unsigned)__builtin_ctzll(scope);

	snprintf(out, SCOPE_NAME_BYTES, "%s:%s", resources[bit / 2],
		 ways[bit % 2]);
}
