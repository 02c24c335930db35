/* duikou-matcher place */
#include <stdio.h>
#include <string.h>

#include "matcher/cli/cli.h"
#include "matcher/pins.h"
#include "matcher/place.h"

static void tell_flaw(void *to, const char *text)
{
	(void)to;
	complain("%s", text);
}

static bool place(const struct options *options,
		  const struct match_instance *instance,
		  struct match_result *result, struct match_error *error)
{
	const struct match_pin_listener listener = {tell_flaw, NULL};
	bool is_optimal = !strcmp(options->mode, "optimal");

	if (options->pin)
		return match_place_pinned(instance, is_optimal, &listener,
					  result, error);
	return is_optimal ? match_place_optimal(instance, result, error)
			  : match_place_stable(instance, result, error);
}

static enum exit_status place_and_save(const struct options *options,
				       const struct match_instance *instance,
				       const char *sha256)
{
	struct match_result result;
	struct match_error error;
	bool is_saved;

	say_stage(options, "placing %u students", instance->students.count);
	if (!place(options, instance, &result, &error))
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
	if (!load_instance(options->in, &instance, sha256))
		return EXIT_UNUSABLE;
	status = place_and_save(options, &instance, sha256);
	match_instance_free(&instance);
	return status;
}
