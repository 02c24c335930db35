/*
 * mem.h - the only room that calls malloc. Long-lived objects come from here;
 * what lives as long as a request comes from its arena.
 *
 * fails  never: inputs are bounded before memory is asked for, so true
 *        exhaustion ends the process
 */
#ifndef BASE_MEM_H
#define BASE_MEM_H

#include <stddef.h>

void *mem_zeroed(size_t count, size_t bytes);
void *mem_resized(void *old, size_t count, size_t bytes);
void mem_free(void *p);
char *mem_text(const char *text);

/* A zeroed object of the type; give it back with mem_free. */
#define mem_new(type) ((type *)mem_zeroed(1, sizeof(type)))

#endif
