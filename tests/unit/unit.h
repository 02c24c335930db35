/* unit.h - what every unit test needs: cmocka, and an arena per test. */
#ifndef TESTS_UNIT_UNIT_H
#define TESTS_UNIT_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"

static inline int unit_arena_open(void **state)
{
	*state = arena_open();
	return 0;
}

static inline int unit_arena_close(void **state)
{
	arena_close(*state);
	return 0;
}

/* A test whose *state is an arena of its own. */
#define WITH_ARENA(f)                                                          \
	cmocka_unit_test_setup_teardown(f, unit_arena_open, unit_arena_close)


#endif
