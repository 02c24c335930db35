/* Error texts: formatted once, cut at MATCH_ERROR_BYTES, never allocated. */
#include "matcher/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

bool match_fail(struct match_error *error, enum match_status status,
		const char *format, ...)
{
	va_list arguments;

	error->status = status;
	va_start(arguments, format);
	vsnprintf(error->text, sizeof(error->text), format, arguments);
	va_end(arguments);
	return false;
}

bool match_no_memory(struct match_error *error)
{
	return match_fail(error, MATCH_NO_MEMORY, "not enough memory");
}

void match_error_place(struct match_error *error, const char *format, ...)
{
	char text[MATCH_ERROR_BYTES];
	va_list arguments;
	size_t used;
	int count;

	memcpy(text, error->text, sizeof(text));
	va_start(arguments, format);
	count = vsnprintf(error->text, sizeof(error->text), format, arguments);
	va_end(arguments);
	used = count < 0 ? 0 : (size_t)count;
	if (used >= sizeof(error->text))
		used = sizeof(error->text) - 1;
	snprintf(error->text + used, sizeof(error->text) - used, "%s", text);
}
