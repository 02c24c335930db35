/* fault.c - the table of failures, and the one way to fill one in. */
#include "base/fault.h"

#include <stdarg.h>
#include <stdio.h>

const struct fault_row *fault_row(enum fault_kind kind)
{
	static const struct fault_row rows[] = {
#define FAULT(word, status, code, english, chinese)                            \
	[FAULT_##word] = { status, code, english, chinese },
#include "base/faults.def"
#undef FAULT
	};

	must(kind > FAULT_NONE && kind < FAULT_KIND_COUNT);
	return &rows[kind];
}

bool fault_set(struct fault *fault, enum fault_kind kind, const char *format,
	       ...)
{
	va_list args;

	*fault = (struct fault){ .kind = kind };
	va_start(args, format);
	vsnprintf(fault->detail, sizeof(fault->detail), format, args);
	va_end(args);
	return false;
}
