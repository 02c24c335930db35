/* text.h - small questions about text, all on bytes, none on the locale. */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/base.h"

bool text_same(const char *a, const char *b);
bool text_starts(const char *text, const char *prefix);

/* Strict UTF-8 (RFC 3629): no overlong form, no surrogate, no U+0000. */
bool text_is_utf8(const char *at, size_t bytes);

/* Unicode scalar values in valid UTF-8. */
size_t text_scalars(const char *at, size_t bytes);

/* [-]digits and nothing else, within int64. */
MUST_CHECK bool text_to_int(const char *text, int64_t *out);

/* Decimal, with a NUL, at to, which holds 21 bytes; where the NUL is. */
char *text_put_count(char *to, uint64_t number);
/* The text with its NUL; where that is. */
char *text_put(char *to, const char *text);

/* True for all characters in ASCII digits, and at least one of them. */
bool text_is_digits(const char *text);

/* 2 * bytes hexadecimal digits, lower case, and a NUL. */
void text_hex(const void *at, size_t bytes, char *out);
MUST_CHECK bool text_unhex(const char *hex, void *out, size_t bytes);

#endif
