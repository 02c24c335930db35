/* uuid.h - RFC 9562 identifiers; ours are version 7 (time, then chance). */
#ifndef BASE_UUID_H
#define BASE_UUID_H

#include <stdbool.h>
#include <stdint.h>

#include "base/base.h"

enum { UUID_TEXT_BYTES = 37 };

struct uuid {
	uint8_t bytes[16];
};

/* A new version 7 id from the wall clock and the system's generator. */
struct uuid uuid_new(void);

/* Version 7 from given parts: for data that must be the same every time. */
struct uuid uuid_from_parts(int64_t wall_ms, const uint8_t chance[10]);

/* Canonical lower- or upper-case 8-4-4-4-12 form and nothing else. */
MUST_CHECK bool uuid_parse(const char *text, struct uuid *out);

void uuid_text(const struct uuid *id, char out[UUID_TEXT_BYTES]);
bool uuid_same(const struct uuid *a, const struct uuid *b);
bool uuid_is_nil(const struct uuid *id);

#endif
