/*
 * Small random instances of every shape: deep and flat forests, caps of zero,
 * rankings on any level, equal scores, students without choices.
 */
#ifndef TESTS_MATCHER_SMALL_H
#define TESTS_MATCHER_SMALL_H

#include <stdint.h>

#include "matcher/instance.h"

/* A stream of numbers: the same seed, the same stream. */
struct dice {
	uint64_t state;
};

/* 0..sides - 1 */
uint32_t dice_roll(struct dice *dice, uint32_t sides);

/* How many a test tries: the second number where DUIKOU_TEST_LONG is set. */
uint64_t count_of_run(const char *count, const char *long_count);

/* One instance; aborts if it cannot be built. */
void small_instance(struct dice *dice, struct match_instance *instance);

#endif
