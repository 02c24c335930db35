/*
 * arena.h - memory of one request, released in one stroke.
 *
 * The first block is kept between requests, so most of them allocate nothing.
 * Under AddressSanitizer what was released is poisoned.
 *
 * fails  never; callers bound their inputs first
 * mem    everything handed out is valid until arena_reset or arena_close
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

#include "base/base.h"

struct arena;

struct arena *arena_open(void);
void arena_close(struct arena *a);

/* Runs the arena_on_reset calls, latest first, and takes all memory back. */
void arena_reset(struct arena *a);

/* Zeroed memory, aligned for any type. */
void *arena_zeroed(struct arena *a, size_t count, size_t bytes);
#define arena_new(a, type) ((type *)arena_zeroed((a), 1, sizeof(type)))
#define arena_array(a, type, count)                                            \
	((type *)arena_zeroed((a), (count), sizeof(type)))

/* A copy, NUL-terminated; `at` need not be. */
char *arena_text(struct arena *a, const char *at, size_t bytes);
char *arena_print(struct arena *a, const char *format, ...) PRINTF_LIKE(2, 3);
char *arena_vprint(struct arena *a, const char *format, va_list args);

/* A foreign object rides along: release(object) runs at the reset. */
void arena_on_reset(struct arena *a, void (*release)(void *), void *object);

#endif
