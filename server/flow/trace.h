/* trace.h - which trace a request belongs to, for logs and problems. */
#ifndef FLOW_TRACE_H
#define FLOW_TRACE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/base.h"
#include "base/uuid.h"
#include "flow/http_head.h"

enum { TRACE_ID_BYTES = 33 };	/* 32 hexadecimal digits and a NUL */

/*
 * The trace-id of a traceparent.
 *
 * fails  it is none: out is untouched
 * from   W3C Trace Context, 3.2: of later versions than 00 the first four
 *        parts count
 */
MUST_CHECK bool trace_parse(const char *value, size_t bytes,
			    char out[TRACE_ID_BYTES]);

/* The client's trace where it names one, and only one; else a new one, which
 * is the id. head may be NULL. */
void trace_of(const struct http_head *head, const struct uuid *id,
	      char out[TRACE_ID_BYTES]);

#endif
