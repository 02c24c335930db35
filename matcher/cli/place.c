/* duikou-matcher place */
#include <stdio.h>
#include <string.h>

#include "matcher/cli/cli.h"
#include "matcher/place.h"
#include "matcher/rerun.h"

/* One, or as many as --threads says: they pay on idle processors only. */
static bool count_threads(const struct options *options, uint32_t *thread_count)
{
	uint64_t number = 1;

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

static void tell_progress(void *to, const struct match_progress *progress)
{
	say_stage(to, "objective %u of %u, phase %u of at most %u",
		  progress->objective, progress->objective_count,
		  progress->phase, progress->phase_count);
}

static bool place(const struct options *options,
		  const struct match_instance *instance,
		  const struct match_rerun *how, struct match_result *result,
		  struct match_error *error)
{
	const struct match_optimal_order order = {.watch = how->watch};

	if (options->pin)
		return match_place_again(instance, how, result, error);
	return how->is_optimal
		       ? match_place_optimal_by(instance, &order, result, error)
		       : match_place_stable_by(instance, how->thread_count,
					       result, error);
}

static enum exit_status place_and_save(const struct options *options,
				       const struct match_instance *instance,
				       const char *sha256,
				       const struct match_result *previous)
{
	const struct match_pin_listener listener = {tell_flaw, NULL};
	const struct match_watch watch = {tell_progress,
					  (void *)(uintptr_t)options};
	struct match_rerun how = {.is_optimal =
					  !strcmp(options->mode, "optimal"),
				  .previous = previous,
				  .listener = &listener,
				  .watch = &watch};
	struct match_result result;
	struct match_error error;
	bool is_saved;

	if (!count_threads(options, &how.thread_count))
		return EXIT_UNUSABLE;
	say_stage(options, "placing %u students", instance->students.count);
	if (!place(options, instance, &how, &result, &error))
		return complain("%s: %s", options->in, error.text);
	snprintf(result.instance_sha256, sizeof(result.instance_sha256), "%s",
		 sha256);
	say_stage(options, "writing %s", options->out);
	is_saved = save_result(options->out, instance, &result);
	match_result_free(&result);
	return is_saved ? EXIT_DONE : EXIT_UNUSABLE;
}

/* With the result that moves are counted from, if it is named. */
static enum exit_status place_after(const struct options *options,
				    const struct match_instance *instance,
				    const char *sha256)
{
	struct match_result previous;
	enum exit_status status;

	if (!options->previous)
		return place_and_save(options, instance, sha256, NULL);
	say_stage(options, "reading %s", options->previous);
	if (!load_previous(options->previous, instance, &previous))
		return EXIT_UNUSABLE;
	status = place_and_save(options, instance, sha256, &previous);
	match_result_free(&previous);
	return status;
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
	if (options->previous && !options->pin)
		return complain("--previous needs --pin");
	if (is_same_file(options->in, options->out))
		return complain("--in and --out are the same file, %s",
				options->in);
	if (options->previous && is_same_file(options->previous, options->out))
		return complain("--previous and --out are the same file, %s",
				options->previous);
	say_stage(options, "reading %s", options->in);
	if (!load_changed_instance(options, false, &instance, sha256))
		return EXIT_UNUSABLE;
	status = place_after(options, &instance, sha256);
	match_instance_free(&instance);
	return status;
}
