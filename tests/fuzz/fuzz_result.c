/*
 * Any bytes as the result of one instance. Whatever is read is judged; only the
 * solver's own result may be called sound. Whatever is read as a previous
 * result is placed again from.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "matcher/files/instance_file.h"
#include "matcher/files/result_file.h"
#include "matcher/insist.h"
#include "matcher/place.h"
#include "matcher/rerun.h"
#include "matcher/verify.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count);

static const char document[] =
	"{\"format\":\"duikou-placement/1\",\"seed\":\"x\",\"groups\":["
	"{\"id\":\"e\",\"parent\":null,\"lower\":2,\"upper\":2},"
	"{\"id\":\"k\",\"parent\":\"e\"},"
	"{\"id\":\"z\",\"parent\":null,\"upper\":0}],\"postings\":["
	"{\"id\":\"a\",\"group\":\"k\",\"capacity\":1},"
	"{\"id\":\"b\",\"group\":\"e\",\"capacity\":2,"
	"\"ranking\":[\"3\",\"1\",\"2\"]},"
	"{\"id\":\"c\",\"group\":\"z\",\"capacity\":1}],\"students\":["
	"{\"id\":\"1\",\"choices\":[{\"posting\":\"a\",\"score\":2},"
	"{\"posting\":\"b\"}]},"
	"{\"id\":\"2\",\"choices\":[{\"posting\":\"c\"},"
	"{\"posting\":\"a\",\"score\":1},{\"posting\":\"b\"}]},"
	"{\"id\":\"3\",\"choices\":[{\"posting\":\"b\"}]},"
	"{\"id\":\"4\",\"choices\":[]}]}";

static struct match_instance instance;
static char sha256[MATCH_SHA256_HEX];
static struct match_result sound, best;

static void prepare(void)
{
	static const uint64_t key[2] = { 7, 8 };
	struct match_memory_source memory = { document, sizeof(document) - 1 };
	struct match_source source = { match_memory_source_read, &memory };
	struct match_error error;

	if (sound.placement_count)
		return;
	MATCH_INSIST(match_instance_read(source, key, &instance, sha256,
					 &error));
	MATCH_INSIST(match_place_stable(&instance, &sound, &error));
	MATCH_INSIST(match_place_optimal(&instance, &best, &error));
	MATCH_INSIST(sound.placement_count);
}

/* A sound result places everyone as the solver does: the best is unique, but
 * another stable outcome would be sound, too. This instance has one only. In
 * mode optimal it is as good as the solver's. */
static void compare(const struct match_result *result)
{
	if (!strcmp(result->mode, "optimal")) {
		MATCH_INSIST(!memcmp(&result->objective, &best.objective,
				     sizeof(best.objective)));
		return;
	}
	MATCH_INSIST(result->placement_count == sound.placement_count);
	for (uint32_t i = 0; i < sound.placement_count; i++) {
		MATCH_INSIST(result->placements[i].student ==
			     sound.placements[i].student);
		MATCH_INSIST(result->placements[i].posting ==
			     sound.placements[i].posting);
	}
}

/* Near anything; the source is a copy, so it can be read again. */
static void place_again(struct match_source source)
{
	struct match_memory_source memory =
		*(const struct match_memory_source *)source.from;
	static struct match_faults faults;
	struct match_result previous, result;
	struct match_rerun rerun = {.thread_count = 1, .previous = &previous};
	struct match_claim claim = {&instance, "", &result, &previous};
	struct match_error error;

	source.from = &memory;
	if (!match_previous_read(source, &instance, &previous, &error))
		return;
	for (int is_optimal = 0; is_optimal < 2; is_optimal++) {
		rerun.is_optimal = is_optimal;
		if (!match_place_again(&instance, &rerun, &result, &error)) {
			MATCH_INSIST(error.status == MATCH_MALFORMED);
			continue;
		}
		MATCH_INSIST(match_verify_claim(&claim, &faults, &error));
		MATCH_INSIST(!faults.count);
		match_result_free(&result);
	}
	match_result_free(&previous);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count)
{
	static struct match_faults faults;
	struct match_memory_source memory = { (const char *)bytes, count };
	struct match_source source = { match_memory_source_read, &memory };
	struct match_result result;
	struct match_error error;

	prepare();
	place_again(source);
	if (!match_result_read(source, &instance, &result, &error))
		return 0;
	MATCH_INSIST(
		match_verify(&instance, sha256, &result, &faults, &error));
	if (!faults.count)
		compare(&result);
	match_result_free(&result);
	return 0;
}
