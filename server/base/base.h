/* base.h - the few words every floor uses: attributes, assertions, counts. */
#ifndef BASE_BASE_H
#define BASE_BASE_H

#include <stddef.h>

#define MUST_CHECK __attribute__((warn_unused_result))
#define PRINTF_LIKE(fmt, args) __attribute__((format(printf, fmt, args)))
#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/* The object that holds member `m` at address `p`. */
#define CONTAINER_OF(p, type, m)                                               \
	((type *)(void *)((char *)(p) - offsetof(type, m)))

/*
 * An assertion that stays on in release: a bug elsewhere ends the process
 * with the place and the broken statement in the log, before it can harm data.
 */
#define must(truth)                                                            \
	((truth) ? (void)0 : must_failed(#truth, __FILE__, __LINE__))

_Noreturn void must_failed(const char *truth, const char *file, int line);

#endif
