/* clock.h - the two clocks, and dates as PostgreSQL and RFC 3339 write them. */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/base.h"

enum { CLOCK_TEXT_BYTES = 40 };

/* Milliseconds that never go back: for deadlines and ages. */
int64_t clock_ms(void);
int64_t clock_us(void);	/* the same clock, in microseconds */

/* Milliseconds since 1970-01-01T00:00Z: for what people read. */
int64_t clock_wall_ms(void);

/* "2026-11-23T20:48:00.123Z" */
void clock_rfc3339(int64_t wall_ms, char out[CLOCK_TEXT_BYTES]);

/*
 * A calendar date, "2026-11-23", as days since 1970-01-01 (Gregorian).
 * fails  not that form, or no such day; out is then untouched
 */
MUST_CHECK bool clock_date(const char *text, int32_t *days);
void clock_date_text(int32_t days, char out[CLOCK_TEXT_BYTES]);

/* Is it an RFC 3339 date-time with an offset, and a real instant? */
bool clock_is_rfc3339(const char *text);

#endif
