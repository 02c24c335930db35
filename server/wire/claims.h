/*
 * claims.h - a JSON object that somebody else wrote, of which a few members
 * are read by name, whatever else it has: documents of providers, tokens.
 *
 * mem  lives as long as the arena it was read into, and so do its texts
 */
#ifndef WIRE_CLAIMS_H
#define WIRE_CLAIMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "wire/crypto.h"

struct claims;	/* a json_t; only wire/ knows */

/* fails  no JSON object within the bounds of json_read (json.h) */
MUST_CHECK bool claims_read(struct arena *mem, struct bytes json,
			    const struct claims **out);

bool claims_has(const struct claims *claims, const char *name);

/* NULL: absent, or no text. */
const char *claims_text(const struct claims *claims, const char *name);

/* fails  absent, or no whole number */
MUST_CHECK bool claims_int(const struct claims *claims, const char *name,
			   int64_t *out);
bool claims_is_true(const struct claims *claims, const char *name);

/*
 * One text, or an array of nothing but texts, as `aud` is either.
 * fails  neither
 */
MUST_CHECK bool claims_count(const struct claims *claims, const char *name,
			     size_t *out);
bool claims_name(const struct claims *claims, const char *name,
		 const char *text);

/* An object within an array of objects; NULL beyond its end. */
const struct claims *claims_at(const struct claims *claims, const char *name,
			       size_t i);

#endif
