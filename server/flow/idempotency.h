/*
 * idempotency.h - a POST with an Idempotency-Key has its effect once. Key,
 * effect and reply are one transaction: a row says who, which operation,
 * which key, and what was answered; it lives for 48 hours. A request that is
 * refused leaves nothing behind, so its key may be used again.
 *
 * from  draft-ietf-httpapi-idempotency-key-header-07; api-conventions.md 1.8
 */
#ifndef FLOW_IDEMPOTENCY_H
#define FLOW_IDEMPOTENCY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/base.h"

/*
 * A quoted Structured-Field String or a bare value: 1..255 characters from
 * ! to ~ (and, when quoted, blanks).
 *
 * out    key holds bytes + 1
 * fails  it is neither
 */
MUST_CHECK bool idempotency_parse(const char *value, size_t bytes, char *key);

#endif
