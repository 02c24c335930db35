/* duikou-matcher generate */
#include "matcher/generate.h"
#include "matcher/cli/cli.h"
#include "matcher/files/instance_file.h"

enum exit_status run_generate(const struct options *options)
{
	struct match_generation order;
	struct match_instance instance;
	struct match_error error;
	char sha256[MATCH_SHA256_HEX];
	uint64_t students;
	bool is_saved;

	if (!parse_number(options->students, &students) || !students ||
	    students > MATCH_STUDENTS_MAX)
		return complain("--students is not a number in 1..%u: \"%s\"",
				MATCH_STUDENTS_MAX, options->students);
	if (!parse_number(options->seed, &order.seed))
		return complain("--seed is not a number in 0..%llu: \"%s\"",
				(unsigned long long)UINT64_MAX, options->seed);
	order.students = (uint32_t)students;
	if (!draw_hash_key(order.hash_key))
		return EXIT_UNUSABLE;
	say_stage(options, "making %u students up", order.students);
	if (!match_generate(&order, &instance, &error))
		return complain("%s", error.text);
	say_stage(options, "writing %s", options->out);
	match_instance_digest(&instance, sha256);
	is_saved = save_instance(options->out, &instance, sha256);
	match_instance_free(&instance);
	return is_saved ? EXIT_DONE : EXIT_UNUSABLE;
}
