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

static void print_sums(const struct match_result *result)
{
	printf("sound: mode %s, %lld placed, shortfall %lld, score %lld",
	       result->mode, (long long)result->objective.placed,
	       (long long)result->objective.shortfall,
	       (long long)result->objective.score);
	if (result->has_moves)
		printf(", %u moved", result->move_count);
	puts("");
}

static enum exit_status judge(const struct match_claim *claim)
{
	static struct match_faults faults;
	struct match_error error;

	if (!match_verify_claim(claim, &faults, &error))
		return complain("%s", error.text);
	if (faults.count)
		print_faults(&faults);
	else
		print_sums(claim->result);
	if (!faults.count && claim->result->has_moves && !claim->previous)
		complain("note: where the moves say that students were is "
			 "believed; --previous checks it");
	if (fflush(stdout) != 0)
		return complain("standard output cannot be written");
	return faults.count ? EXIT_NOT_SOUND : EXIT_DONE;
}

/* With the result that moves are counted from, if it is named. */
static enum exit_status load_and_judge(const struct options *options,
				       struct match_claim *claim)
{
	struct match_result previous;
	enum exit_status status;

	if (!options->previous)
		return judge(claim);
	if (!load_previous(options->previous, claim->instance, &previous))
		return EXIT_UNUSABLE;
	claim->previous = &previous;
	status = judge(claim);
	claim->previous = NULL;
	match_result_free(&previous);
	return status;
}

enum exit_status run_verify(const struct options *options)
{
	struct match_instance instance;
	struct match_result result;
	char sha256[MATCH_SHA256_HEX];
	struct match_claim claim = {.instance = &instance,
				    .instance_sha256 = sha256,
				    .result = &result};
	enum exit_status status = EXIT_UNUSABLE;

	if (!load_changed_instance(options, true, &instance, sha256))
		return EXIT_UNUSABLE;
	if (load_result(options->result, &instance, &result)) {
		status = load_and_judge(options, &claim);
		match_result_free(&result);
	}
	match_instance_free(&instance);
	return status;
}
