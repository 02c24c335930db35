/* duikou-matcher place */
#include <stdio.h>
#include <string.h>

#include "matcher/cli/cli.h"
#include "matcher/place.h"

static enum exit_status place_and_save(const struct options *options,
				       const struct match_instance *instance,
				       const char *sha256)
{
	struct match_result result;
	struct match_error error;
	bool is_placed, is_saved;

	say_stage(options, "placing %u students", instance->students.count);
	is_placed = strcmp(options->mode, "optimal") != 0
			    ? match_place_stable(instance, &result, &error)
			    : match_place_optimal(instance, &result, &error);
	if (!is_placed)
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
