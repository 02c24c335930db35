/*
 * Any bytes as an instance in the binary form. The checksum is made to fit, or
 * nothing behind it would be reached. What is read must come back the same.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "matcher/files/packed_file.h"
#include "matcher/files/packed_layout.h"
#include "matcher/insist.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count);

struct page {
	uint8_t bytes[1 << 20];
	size_t count;
};

static bool add(void *to, const char *bytes, size_t count)
{
	struct page *page = to;

	if (count > sizeof(page->bytes) - page->count)
		return false;
	memcpy(page->bytes + page->count, bytes, count);
	page->count += count;
	return true;
}

static bool unpack(const uint8_t *bytes, size_t count,
		   struct match_instance *instance,
		   char sha256[MATCH_SHA256_HEX])
{
	static const uint64_t key[2] = {7, 8};
	struct match_packed file = {bytes, count};
	struct match_error error;

	return match_packed_read(file, key, instance, sha256, &error);
}

static void mend_checksum(uint8_t *bytes, size_t count)
{
	uint64_t sum = 0;

	if (count % 8 || count < PACKED_HEAD_BYTES + PACKED_CHECKSUM_BYTES)
		return;
	for (size_t i = 0; i < count - 8; i += 8) {
		uint64_t word = 0;

		for (int k = 7; k >= 0; k--)
			word = word << 8 | bytes[i + (size_t)k];
		sum = packed_checksum(sum, word);
	}
	for (int k = 0; k < 8; k++)
		bytes[count - 8 + (size_t)k] = (uint8_t)(sum >> 8 * k);
}

static void write_back(const struct match_instance *instance,
		       const char *sha256, size_t count)
{
	static struct page page;
	struct match_instance again;
	char again_sha256[MATCH_SHA256_HEX];
	struct match_sink sink;

	page.count = 0;
	match_sink_init(&sink, add, &page);
	match_packed_write(instance, sha256, &sink);
	if (!match_sink_finish(&sink, NULL))
		return;
	MATCH_INSIST(page.count == count);
	MATCH_INSIST(unpack(page.bytes, page.count, &again, again_sha256));
	MATCH_INSIST(!strcmp(sha256, again_sha256));
	match_instance_free(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count)
{
	struct match_instance instance;
	char sha256[MATCH_SHA256_HEX];
	uint8_t *copy = malloc(count ? count : 1);

	MATCH_INSIST(copy);
	if (count)
		memcpy(copy, bytes, count);
	if (unpack(copy, count, &instance, sha256))
		match_instance_free(&instance);
	mend_checksum(copy, count);
	if (unpack(copy, count, &instance, sha256)) {
		write_back(&instance, sha256, count);
		match_instance_free(&instance);
	}
	free(copy);
	return 0;
}
