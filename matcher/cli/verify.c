/* duikou-matcher verify */
#include <stdio.h>

#include "matcher/cli/cli.h"
#include "matcher/verify.h"

static void print_faults(const struct match_faults *faults)
{
	uint64_t kept = faults->count;

	if (kept > MATCH_FAULTS_KEPT)
		kept = MATCH_FAULTS_KEPT;
	for (uint64_t i = 0; i < kept; i++)
		printf("%s: %s\n", match_fault_word(faults->kept[i].kind),
		       faults->kept[i].text);
	if (faults->count > kept)
		printf("and %llu faults more\n",
		       (unsigned long long)(faults->count - kept));
	printf("not sound: %llu fault%s\n", (unsigned long long)faults->count,
	       faults->count == 1 ? "" : "s");
}

static enum exit_status judge(const struct match_instance *instance,
			      const char *sha256,
			      const struct match_result *result)
{
	static struct match_faults faults;
	struct match_error error;

	if (!match_verify(instance, sha256, result, &faults, &error))
		return complain("%s", error.text);
	if (faults.count)
		print_faults(&faults);
	else
		printf("sound: mode %s, %lld placed, shortfall %lld, score "
		       "%lld\n",
		       result->mode, (long long)result->objective.placed,
		       (long long)result->objective.shortfall,
		       (long long)result->objective.score);
	if (fflush(stdout) != 0)
		return complain("standard output cannot be written");
	return faults.count ? EXIT_NOT_SOUND : EXIT_DONE;
}

enum exit_status run_verify(const struct options *options)
{
	struct match_instance instance;
	struct match_result result;
	char sha256[MATCH_SHA256_HEX];
	enum exit_status status = EXIT_UNUSABLE;

	if (!load_changed_instance(options, true, &instance, sha256))
		return EXIT_UNUSABLE;
	if (load_result(options->result, &instance, &result)) {
		status = judge(&instance, sha256, &result);
		match_result_free(&result);
	}
	match_instance_free(&instance);
	return status;
}
