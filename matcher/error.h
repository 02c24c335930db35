/*
 * How the matcher says that something is wrong: a failure is a value, and its
 * text names the place or the ids. A bug is an assertion (insist.h).
 */
#ifndef MATCHER_ERROR_H
#define MATCHER_ERROR_H

#include <stdbool.h>
#include <stddef.h>

#define MATCH_MUST_CHECK __attribute__((warn_unused_result))
#define MATCH_ERROR_BYTES 1024

enum match_status {
	MATCH_OK,
	MATCH_MALFORMED, /* the input breaks a rule of the format */
	MATCH_TOO_LARGE, /* a stated limit is passed */
	MATCH_NO_MEMORY,
	MATCH_NOT_READ, /* the source failed */
};

struct match_error {
	enum match_status status;
	char text[MATCH_ERROR_BYTES]; /* one line, without a newline */
};

/* Fill error and return false, so that a failure is one line for its finder. */
bool match_fail(struct match_error *error, enum match_status status,
		const char *format, ...) __attribute__((format(printf, 3, 4)));

bool match_no_memory(struct match_error *error);

/*
 * Put words before the text of an error that is already there.
 */
void match_error_place(struct match_error *error, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

#endif
