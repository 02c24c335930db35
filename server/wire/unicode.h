/*
 * unicode.h - text as people type it, made comparable. All texts in and out
 * are valid UTF-8; what comes back is in the arena or the text itself.
 */
#ifndef WIRE_UNICODE_H
#define WIRE_UNICODE_H

#include <stdbool.h>

#include "base/arena.h"

/*
 * Normalisation form C. Chinese and Latin text comes back as it is.
 * from  UAX 15, by libutf8proc
 */
const char *unicode_nfc(struct arena *mem, const char *text);

/*
 * A code as one meant it: full-width ASCII made half-width, blanks at both
 * ends cut (the ideographic, the no-break and the zero-width one too). O is
 * not made 0: a wrong character stays wrong.
 * from  validation.md 1, "Normalise"
 */
char *unicode_code(struct arena *mem, const char *text);
void unicode_upper_ascii(char *text);

/* CR LF becomes LF. */
const char *unicode_newlines(struct arena *mem, const char *text);

/* A control character (C0, DEL, C1) that is neither tab nor newline? */
bool unicode_has_control(const char *text);

/* A blank at an end, of those that unicode_code cuts, or a newline? */
bool unicode_is_trimmed(const char *text);

/* A copy without such blanks. */
char *unicode_trim(struct arena *mem, const char *text);

#endif
