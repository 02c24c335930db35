/*
 * Any number of threads gives the same outcome: on many small instances, where
 * threads are mostly in each other's way, and on a larger one.
 *
 * Usage: test_threads COUNT LONG_COUNT STUDENTS
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "matcher/generate.h"
#include "matcher/insist.h"
#include "matcher/place.h"
#include "small.h"

/* All that the threads decide; what follows from it is the same code. */
static void insist_same(const struct match_result *a,
			const struct match_result *b)
{
	MATCH_INSIST(a->placement_count == b->placement_count);
	for (uint32_t i = 0; i < a->placement_count; i++) {
		MATCH_INSIST(a->placements[i].student ==
			     b->placements[i].student);
		MATCH_INSIST(a->placements[i].posting ==
			     b->placements[i].posting);
	}
	MATCH_INSIST(a->cutoff_count == b->cutoff_count);
	for (uint32_t i = 0; i < a->cutoff_count; i++) {
		MATCH_INSIST(a->cutoffs[i].binding == b->cutoffs[i].binding);
		MATCH_INSIST(a->cutoffs[i].lottery == b->cutoffs[i].lottery);
	}
}

static void try_threads(const struct match_instance *instance)
{
	static const uint32_t counts[] = {2, 3, 7, MATCH_THREADS_MAX};
	struct match_result one, many;
	struct match_error error;

	MATCH_INSIST(match_place_stable(instance, &one, &error));
	for (size_t i = 0; i < sizeof(counts) / sizeof(*counts); i++) {
		/* As many as the largest take long to start and stop. */
		if (counts[i] > 7 && instance->students.count < 1000)
			continue;
		MATCH_INSIST(match_place_stable_by(instance, counts[i], &many,
						   &error));
		insist_same(&one, &many);
		match_result_free(&many);
	}
	match_result_free(&one);
}

static void try_generated(const char *students)
{
	struct match_generation order = {
		.students = (uint32_t)strtoul(students, NULL, 10), .seed = 7};
	struct match_instance instance;
	struct match_error error;

	MATCH_INSIST(match_generate(&order, &instance, &error));
	try_threads(&instance);
	match_instance_free(&instance);
}

int main(int argument_count, char **arguments)
{
	struct dice dice = {11};
	uint64_t count;

	MATCH_INSIST(argument_count == 4);
	count = count_of_run(arguments[1], arguments[2]);
	for (uint64_t i = 0; i < count; i++) {
		struct match_instance instance;

		small_instance(&dice, &instance);
		try_threads(&instance);
		match_instance_free(&instance);
	}
	try_generated(arguments[3]);
	printf("%llu small instances, one of %s students: the same outcome by "
	       "any number of threads\n",
	       (unsigned long long)count, arguments[3]);
	return 0;
}
