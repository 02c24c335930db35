/* trace.c - reading traceparent: "00-TRACE-PARENT-01", all hexadecimal. */
#include "flow/trace.h"

#include <string.h>

#include "base/text.h"

enum { VERSION_AT = 0, TRACE_AT = 3, PARENT_AT = 36, FLAGS_AT = 53,
       ALL_BYTES = 55 };

static bool is_hex(const char *at, size_t bytes)
{
	for (size_t i = 0; i < bytes; i++)
		if (!((at[i] >= '0' && at[i] <= '9') ||
		      (at[i] >= 'a' && at[i] <= 'f')))
			return false;
	return true;
}

static bool is_id(const char *at, size_t bytes)
{
	for (size_t i = 0; i < bytes; i++)
		if (at[i] != '0')
			return is_hex(at, bytes);
	return false;
}

bool trace_parse(const char *value, size_t bytes, char out[TRACE_ID_BYTES])
{
	if (bytes < ALL_BYTES || !is_hex(value + VERSION_AT, 2) ||
	    memcmp(value, "ff", 2) == 0 || value[TRACE_AT - 1] != '-' ||
	    value[PARENT_AT - 1] != '-' || value[FLAGS_AT - 1] != '-')
		return false;
	if (bytes > ALL_BYTES && (memcmp(value, "00", 2) == 0 ||
				  value[ALL_BYTES] != '-'))
		return false;
	if (!is_id(value + TRACE_AT, 32) || !is_id(value + PARENT_AT, 16) ||
	    !is_hex(value + FLAGS_AT, 2))
		return false;
	memcpy(out, value + TRACE_AT, TRACE_ID_BYTES - 1);
	out[TRACE_ID_BYTES - 1] = '\0';
	return true;
}

void trace_of(const struct http_head *head, const struct uuid *id,
	      char out[TRACE_ID_BYTES])
{
	struct http_span value = { "", 0 };

	if (head && http_head_field(head, "traceparent", &value) == 1 &&
	    trace_parse(value.at, value.count, out))
		return;
	text_hex(id->bytes, sizeof(id->bytes), out);
}
