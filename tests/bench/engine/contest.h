/*
 * What the contenders of the engine's benchmark share: the instance, the
 * clocks, and the line that tells how it went.
 */
#ifndef TESTS_BENCH_ENGINE_CONTEST_H
#define TESTS_BENCH_ENGINE_CONTEST_H

#include <stdint.h>

#include "matcher/instance.h"
#include "matcher/result.h"

/* Since contest_start, of this process. */
struct contest_lap {
	double wall_ms, cpu_ms;
	long grown_kib; /* how far resident memory rose at its highest */
};

/* Make the instance of so many students (duikou-matcher generate --seed 42). */
void contest_instance(const char *students, struct match_instance *instance);

void contest_start(void);
struct contest_lap contest_stop(void);

/* Print one line of JSON: "name" with its members. */
void contest_say(const char *name, const struct contest_lap *lap,
		 const struct match_objective *objective);

#endif
