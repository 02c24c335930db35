/*
 * Duikou's own engine, timed: an instance of any size placed in one mode, and
 * verified. As a test it shows that solver and checker agree beyond the reach
 * of brute force.
 *
 * Usage: contest_ours stable|optimal STUDENTS [THREADS]
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "contest.h"
#include "matcher/insist.h"
#include "matcher/place.h"
#include "matcher/verify.h"

int main(int argument_count, char **arguments)
{
	static struct match_faults faults;
	struct match_instance instance;
	struct match_result result;
	struct match_error error;
	struct contest_lap lap;
	uint32_t threads = 1;
	bool is_stable;

	MATCH_INSIST(argument_count == 3 || argument_count == 4);
	if (argument_count == 4)
		threads = (uint32_t)strtoul(arguments[3], NULL, 10);
	is_stable = !strcmp(arguments[1], "stable");
	contest_instance(arguments[2], &instance);
	contest_start();
	if (is_stable)
		MATCH_INSIST(match_place_stable_by(&instance, threads, &result,
						   &error));
	else
		MATCH_INSIST(match_place_optimal(&instance, &result, &error));
	lap = contest_stop();
	contest_say(threads > 1 ? "threads" : "place", &lap, &result.objective);
	if (threads == 1) {
		contest_start();
		MATCH_INSIST(
			match_verify(&instance, "", &result, &faults, &error));
		lap = contest_stop();
		contest_say("verify", &lap, &result.objective);
	}
	match_result_free(&result);
	match_instance_free(&instance);
	return faults.count != 0;
}
