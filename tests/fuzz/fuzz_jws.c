/*
 * Signed tokens from outside: a line of keys, then a token. Whatever the
 * bytes: what is not signed by one of the keys is never good, and what is good
 * is good again with the same keys, and not with none.
 */
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/base.h"
#include "wire/jws.h"

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t bytes);

static enum jws_flaw read_with(struct arena *mem, const char *keys,
			       const char *token)
{
	const struct claims *read, *payload = NULL;
	enum jws_flaw flaw;

	if (!claims_read(mem, (struct bytes){ keys, strlen(keys) }, &read))
		return JWS_NO_KEY;
	flaw = jws_read(mem, token, read, &payload);
	must((flaw == JWS_GOOD) == (payload != NULL));
	return flaw;
}

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t bytes)
{
	const uint8_t *line = bytes ? memchr(at, '\n', bytes) : NULL;
	size_t head = line ? (size_t)(line - at) : bytes;
	struct arena *mem = arena_open();
	const char *keys = arena_text(mem, (const char *)at, head);
	const char *token = line ? arena_text(mem, (const char *)line + 1,
					      bytes - head - 1) : "";
	enum jws_flaw flaw = read_with(mem, keys, token);

	must(read_with(mem, keys, token) == flaw);
	must(read_with(mem, "{\"keys\":[]}", token) != JWS_GOOD);
	arena_close(mem);
	return 0;
}
