/*
 * fault.h - a failure is a value. Fallible functions return MUST_CHECK bool
 * and fill the caller's fault.
 */
#ifndef BASE_FAULT_H
#define BASE_FAULT_H

#include <stdbool.h>

#include "base/base.h"

enum fault_kind {
	FAULT_NONE,
#define FAULT(word, status, code, english, chinese) FAULT_##word,
#include "base/faults.def"
#undef FAULT
	FAULT_KIND_COUNT
};

enum { FAULT_DETAIL_BYTES = 240, FAULT_SQLSTATE_BYTES = 6,
       FAULT_CONSTRAINT_BYTES = 64, FAULT_COUNTS_BYTES = 48 };

struct fault {
	enum fault_kind kind;
	char detail[FAULT_DETAIL_BYTES];	/* English; may be empty */
	char sqlstate[FAULT_SQLSTATE_BYTES];	/* "" unless PostgreSQL spoke */
	char constraint[FAULT_CONSTRAINT_BYTES];/* which one refused, or "" */
	char counts[FAULT_COUNTS_BYTES]; /* a rule's "LIMIT ACTUAL", or "" */
};

struct fault_row {
	int status;
	const char *code, *english, *chinese;
};

/* The row of faults.def; FAULT_NONE has none. */
const struct fault_row *fault_row(enum fault_kind kind);

/* Fills the fault and returns false, so that a caller can return it. */
bool fault_set(struct fault *fault, enum fault_kind kind, const char *format,
	       ...) PRINTF_LIKE(3, 4);

#endif
