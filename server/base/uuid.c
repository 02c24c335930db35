/* uuid.c - RFC 9562, section 5.7. */
#include "base/uuid.h"

#include <string.h>
#include <sys/random.h>

#include "base/clock.h"
#include "base/text.h"

enum { CHANCE_BYTES = 10, POOL_IDS = 64 };

struct uuid uuid_from_parts(int64_t wall_ms, const uint8_t chance[10])
{
	struct uuid id;

	for (int i = 0; i < 6; i++)
		id.bytes[i] = (uint8_t)(wall_ms >> (8 * (5 - i)));
	memcpy(id.bytes + 6, chance, CHANCE_BYTES);
	id.bytes[6] = (uint8_t)(0x70 | (id.bytes[6] & 0x0F));
	id.bytes[8] = (uint8_t)(0x80 | (id.bytes[8] & 0x3F));
	return id;
}

/* Randomness is taken for many ids at once: one system call in 64. */
struct uuid uuid_new(void)
{
	static _Thread_local uint8_t pool[POOL_IDS * CHANCE_BYTES];
	static _Thread_local size_t left;

	if (left == 0) {
		/* At most 256 bytes a call are promised to come whole. */
		for (size_t at = 0; at < sizeof(pool); at += 160)
			must(getrandom(pool + at, 160, 0) == 160);
		left = POOL_IDS;
	}
	left--;
	return uuid_from_parts(clock_wall_ms(), pool + left * CHANCE_BYTES);
}

bool uuid_parse(const char *text, struct uuid *out)
{
	static const int starts[] = { 0, 9, 14, 19, 24 };
	static const int widths[] = { 8, 4, 4, 4, 12 };
	struct uuid id;
	char hex[33];
	size_t used = 0;

	if (strnlen(text, 37) != 36)
		return false;
	for (size_t i = 0; i < COUNT_OF(starts); i++) {
		if (i > 0 && text[starts[i] - 1] != '-')
			return false;
		memcpy(hex + used, text + starts[i], (size_t)widths[i]);
		used += (size_t)widths[i];
	}
	hex[32] = '\0';
	if (!text_unhex(hex, id.bytes, sizeof(id.bytes)))
		return false;
	*out = id;
	return true;
}

void uuid_text(const struct uuid *id, char out[UUID_TEXT_BYTES])
{
	static const int widths[] = { 4, 2, 2, 2, 6 };
	const uint8_t *at = id->bytes;

	for (size_t i = 0; i < COUNT_OF(widths); i++) {
		text_hex(at, (size_t)widths[i], out);
		at += widths[i];
		out += 2 * widths[i];
		*out++ = '-';
	}
	out[-1] = '\0';
}

bool uuid_same(const struct uuid *a, const struct uuid *b)
{
	return memcmp(a, b, sizeof(*a)) == 0;
}

bool uuid_is_nil(const struct uuid *id)
{
	static const struct uuid nil;

	return uuid_same(id, &nil);
}
