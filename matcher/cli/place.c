/* duikou-matcher place */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "matcher/cli/cli.h"
#include "matcher/pins.h"
#include "matcher/place.h"

/* Fewer students than these are placed before a thread has started. */
#define STUDENTS_PER_THREAD 20000u

/* As many as --threads says, or as there are processors and work for. */
static bool count_threads(const struct options *options, uint32_t student_count,
			  uint32_t *thread_count)
{
	uint64_t number = 1 + student_count / STUDENTS_PER_THREAD;
	long processors = sysconf(_SC_NPROCESSORS_ONLN);

	if (!options->threads && processors > 0 &&
	    number > (uint64_t)processors)
		number = (uint64_t)processors;
	if (!options->threads && number > MATCH_THREADS_MAX)
		number = MATCH_THREADS_MAX;
	if (options->threads && (!parse_number(options->threads, &number) ||
				 !number || number > MATCH_THREADS_MAX)) {
		complain("--threads is not a number in 1..%u: \"%s\"",
			 MATCH_THREADS_MAX, options->threads);
		return false;
	}
	*thread_count = (uint32_t)number;
	return true;
}

static void tell_flaw(void *to, const char *text)
{
	(void)to;
	complain("%s", text);
}

/* Pinned students leave too little to place for more than one thread. */
static bool place(const struct options *options,
		  const struct match_instance *instance, uint32_t thread_count,
		  struct match_result *result, struct match_error *error)
{
	const struct match_pin_listener listener = {tell_flaw, NULL};
	bool is_optimal = !strcmp(options->mode, "optimal");

	if (options->pin)
		return match_place_pinned(instance, is_optimal, &listener,
					  result, error);
	return is_optimal ? match_place_optimal(instance, result, error)
			  : match_place_stable_by(instance, thread_count,
						  result, error);
}

static enum exit_status place_and_save(const struct options *options,
				       const struct match_instance *instance,
				       const char *sha256)
{
	uint32_t thread_count;
	struct match_result result;
	struct match_error error;
	bool is_saved;

	if (!count_threads(options, instance->students.count, &thread_count))
		return EXIT_UNUSABLE;
	say_stage(options, "placing %u students", instance->students.count);
	if (!place(options, instance, thread_count, &result, &error))
		return complain("%s: %s", options->in, error.text);
	snprintf(result.instance_sha256, sizeof(result.instance_sha256), "%s",
		 sha256);
	say_stage(options, "writing %s", options->out);
	is_saved = save_result(options->out, instance, &result);
	match_result_free(&result);
	return is_saved ? EXIT_DONE : EXIT_UNUSABLE;
}

enum exit_status run_place(const struct options *options)
{
	struct match_instance instance;
	char sha256[MATCH_SHA256_HEX];
	enum exit_status status;

	if (strcmp(options->mode, "stable") != 0 &&
	    strcmp(options->mode, "optimal") != 0)
		return complain("there is no mode \"%s\"; the modes are stable "
				"and optimal",
				options->mode);
	if (is_same_file(options->in, options->out))
		return complain("--in and --out are the same file, %s",
				options->in);
	say_stage(options, "reading %s", options->in);
	if (!load_changed_instance(options, false, &instance, sha256))
		return EXIT_UNUSABLE;
	status = place_and_save(options, &instance, sha256);
	match_instance_free(&instance);
	return status;
}
