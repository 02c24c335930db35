/*
 * Any bytes as an instance. What is read must also place in each mode, with its
 * pins and without, verify, and come back the same from its own document.
 */
#include <stdbool.h>
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

struct page {
	char text[1 << 20];
	size_t bytes;
};

static bool add(void *to, const char *bytes, size_t count)
{
	struct page *page = to;

	if (count > sizeof(page->text) - page->bytes)
		return false;
	memcpy(page->text + page->bytes, bytes, count);
	page->bytes += count;
	return true;
}

static bool read_instance(const char *text, size_t bytes,
			  struct match_instance *instance,
			  char sha256[MATCH_SHA256_HEX])
{
	static const uint64_t key[2] = { 7, 8 };
	struct match_memory_source memory = { text, bytes };
	struct match_source source = { match_memory_source_read, &memory };
	struct match_error error;

	return match_instance_read(source, key, instance, sha256, &error);
}

/* Once by each mode; with pins they may not stand, which is said. */
static bool place_by(const struct match_instance *instance, int way,
		     struct match_result *result)
{
	struct match_rerun rerun = {.is_optimal = way & 1, .thread_count = 1};
	struct match_error error;

	if (way & 2) {
		if (match_place_again(instance, &rerun, result, &error))
			return true;
		MATCH_INSIST(error.status == MATCH_MALFORMED);
		return false;
	}
	MATCH_INSIST(way & 1 ? match_place_optimal(instance, result, &error)
			     : match_place_stable(instance, result, &error));
	return true;
}

/* What is placed must be read back from its document, and be sound. */
static void place(const struct match_instance *instance, const char *sha256,
		  int way)
{
	static struct match_faults faults;
	static struct page page;
	struct match_memory_source memory = { page.text, 0 };
	struct match_source source = { match_memory_source_read, &memory };
	struct match_result result;
	struct match_error error;
	struct match_sink sink;

	if (!place_by(instance, way, &result))
		return;
	snprintf(result.instance_sha256, sizeof(result.instance_sha256), "%s",
		 sha256);
	page.bytes = 0;
	match_sink_init(&sink, add, &page);
	match_result_write(instance, &result, &sink);
	match_result_free(&result);
	if (!match_sink_finish(&sink, NULL))
		return;
	memory.rest = page.bytes;
	MATCH_INSIST(match_result_read(source, instance, &result, &error));
	MATCH_INSIST(match_verify(instance, sha256, &result, &faults, &error));
	MATCH_INSIST(!faults.count);
	match_result_free(&result);
}

static void write_back(const struct match_instance *instance)
{
	static struct page once, twice;
	struct match_instance again;
	char sha256[MATCH_SHA256_HEX];
	struct match_sink sink;

	once.bytes = twice.bytes = 0;
	match_sink_init(&sink, add, &once);
	match_instance_write(instance, &sink);
	if (!match_sink_finish(&sink, NULL))
		return;
	MATCH_INSIST(read_instance(once.text, once.bytes, &again, sha256));
	match_sink_init(&sink, add, &twice);
	match_instance_write(&again, &sink);
	MATCH_INSIST(match_sink_finish(&sink, NULL));
	match_instance_free(&again);
	MATCH_INSIST(once.bytes == twice.bytes &&
		     !memcmp(once.text, twice.text, once.bytes));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count)
{
	struct match_instance instance;
	char sha256[MATCH_SHA256_HEX];

	if (!read_instance((const char *)bytes, count, &instance, sha256))
		return 0;
	for (int way = 0; way < 4; way++)
		place(&instance, sha256, way);
	write_back(&instance);
	match_instance_free(&instance);
	return 0;
}
