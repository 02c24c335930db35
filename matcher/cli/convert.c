/* duikou-matcher convert */
#include <string.h>

#include "matcher/cli/cli.h"
#include "matcher/files/instance_file.h"

static bool convert(const struct options *options,
		    const struct match_instance *instance, const char *sha256)
{
	char own_sha256[MATCH_SHA256_HEX];

	say_stage(options, "writing %s", options->out);
	if (!save_instance(options->out, instance, sha256))
		return false;
	match_instance_digest(instance, own_sha256);
	if (strcmp(sha256, own_sha256) != 0)
		complain("note: the document that the instance came from is "
			 "not in the layout written here, so its SHA-256 "
			 "is another: %s, not %s",
			 sha256, own_sha256);
	return true;
}

enum exit_status run_convert(const struct options *options)
{
	struct match_instance instance;
	char sha256[MATCH_SHA256_HEX];
	bool is_done;

	if (is_same_file(options->in, options->out))
		return complain("--in and --out are the same file, %s",
				options->in);
	say_stage(options, "reading %s", options->in);
	if (!load_changed_instance(options, false, &instance, sha256))
		return EXIT_UNUSABLE;
	is_done = convert(options, &instance, sha256);
	match_instance_free(&instance);
	return is_done ? EXIT_DONE : EXIT_UNUSABLE;
}
