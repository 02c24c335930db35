/*
 * log.h - one line per event on standard error: key=value, UTC, never bodies,
 * never tokens.
 */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include <stdbool.h>

#include "base/base.h"

enum log_level { LOG_FATAL, LOG_ERROR, LOG_WARN, LOG_INFO, LOG_DEBUG };

/* Lines above the level are dropped; the level is set once, at the start. */
void log_set_level(enum log_level level);
MUST_CHECK bool log_level_from_word(const char *word, enum log_level *out);
bool log_is_on(enum log_level level);

/*
 * Write `time level event="..." fields`. The fields are key=value pairs ready
 * made; values that may hold spaces are quoted by the caller with %s in "".
 * Control characters are replaced, so one event stays one line.
 */
void log_line(enum log_level level, const char *event, const char *format,
	      ...) PRINTF_LIKE(3, 4);

#endif
