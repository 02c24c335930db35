/*
 * The binary form: there and back gives the same document; every single byte
 * that changes is refused or changes nothing, also where the checksum was made
 * to fit; every allocation may fail.
 *
 * Linked with --wrap for match_take and match_grow.
 */
#include <stdio.h>
#include <string.h>

#include "documents.h"
#include "matcher/files/packed_file.h"
#include "matcher/files/packed_layout.h"
#include "matcher/insist.h"
#include "matcher/memory.h"
#include "small.h"

void *__real_match_take(size_t count, size_t item_bytes);
void *__real_match_grow(void *at, size_t *room, size_t want, size_t item_bytes);
void *__wrap_match_take(size_t count, size_t item_bytes);
void *__wrap_match_grow(void *at, size_t *room, size_t want, size_t item_bytes);

static uint64_t calls, failing_call;

void *__wrap_match_take(size_t count, size_t item_bytes)
{
	return ++calls == failing_call ? NULL
				       : __real_match_take(count, item_bytes);
}

void *__wrap_match_grow(void *at, size_t *room, size_t want, size_t item_bytes)
{
	return ++calls == failing_call
		       ? NULL
		       : __real_match_grow(at, room, want, item_bytes);
}

struct twins {
	struct document text, packed;
	char sha256[MATCH_SHA256_HEX];
};

static bool add(void *to, const char *bytes, size_t count)
{
	document_add(to, bytes, count);
	return true;
}

static void pack(struct document *to, const struct match_instance *instance,
		 const char *sha256)
{
	struct match_sink sink;

	match_sink_init(&sink, add, to);
	match_packed_write(instance, sha256, &sink);
	MATCH_INSIST(match_sink_finish(&sink, NULL));
}

static bool unpack(const struct document *from, size_t count,
		   struct match_instance *instance,
		   char sha256[MATCH_SHA256_HEX], struct match_error *error)
{
	static const uint64_t key[2] = {5, 6};
	struct match_packed file = {from->text, count};

	return match_packed_read(file, key, instance, sha256, error);
}

static void make(uint64_t seed, struct twins *twins)
{
	struct match_instance instance;
	struct dice dice = {seed << 32};

	memset(twins, 0, sizeof(*twins));
	small_instance(&dice, &instance);
	document_from_instance(&twins->text, &instance, twins->sha256);
	pack(&twins->packed, &instance, twins->sha256);
	match_instance_free(&instance);
}

static void drop(struct twins *twins)
{
	document_free(&twins->text);
	document_free(&twins->packed);
}

/* Read, and write both forms: what was read must be the same again. */
static bool is_same(const struct twins *twins, struct match_instance *instance,
		    const char *sha256)
{
	struct document text = {NULL, 0, 0}, packed = {NULL, 0, 0};
	char own_sha256[MATCH_SHA256_HEX];
	bool is_same;

	document_from_instance(&text, instance, own_sha256);
	pack(&packed, instance, sha256);
	is_same = text.bytes == twins->text.bytes &&
		  !memcmp(text.text, twins->text.text, text.bytes) &&
		  packed.bytes == twins->packed.bytes &&
		  !strcmp(sha256, twins->sha256);
	document_free(&text);
	document_free(&packed);
	return is_same;
}

static void there_and_back(const struct twins *twins)
{
	struct match_instance instance;
	struct match_error error;
	char sha256[MATCH_SHA256_HEX];

	MATCH_INSIST(unpack(&twins->packed, twins->packed.bytes, &instance,
			    sha256, &error));
	MATCH_INSIST(is_same(twins, &instance, sha256));
	match_instance_free(&instance);
}

static void cut_short(const struct twins *twins)
{
	struct match_instance instance;
	struct match_error error;
	char sha256[MATCH_SHA256_HEX];

	for (size_t i = 0; i < twins->packed.bytes; i++)
		MATCH_INSIST(
			!unpack(&twins->packed, i, &instance, sha256, &error));
}

static void change_each_byte(struct twins *twins)
{
	struct match_instance instance;
	struct match_error error;
	char sha256[MATCH_SHA256_HEX];

	for (size_t i = 0; i < twins->packed.bytes; i++) {
		for (int bit = 0; bit < 8; bit++) {
			twins->packed.text[i] ^= (char)(1 << bit);
			MATCH_INSIST(!unpack(&twins->packed,
					     twins->packed.bytes, &instance,
					     sha256, &error));
			MATCH_INSIST(error.text[0]);
			twins->packed.text[i] ^= (char)(1 << bit);
		}
	}
}

static void mend_checksum(struct document *packed)
{
	uint64_t sum = 0;
	size_t end = packed->bytes - PACKED_CHECKSUM_BYTES;

	for (size_t i = 0; i < end; i += 8) {
		uint64_t word = 0;

		for (int k = 7; k >= 0; k--)
			word = word << 8 | (uint8_t)packed->text[i + k];
		sum = packed_checksum(sum, word);
	}
	for (int k = 0; k < 8; k++)
		packed->text[end + k] = (char)(sum >> 8 * k & 0xff);
}

/* A sound instance, if it is one: its own document must be readable. */
static void must_be_sound(const struct match_instance *instance)
{
	struct document text = {NULL, 0, 0};
	struct match_instance again;
	struct match_error error;
	char sha256[MATCH_SHA256_HEX];

	document_from_instance(&text, instance, sha256);
	MATCH_INSIST(document_to_instance(text.text, text.bytes, &again, sha256,
					  &error));
	match_instance_free(&again);
	document_free(&text);
}

/* Lies with a fitting checksum; returns how many were refused. */
static uint64_t lie(struct twins *twins, struct dice *dice)
{
	struct match_instance instance;
	struct match_error error;
	char sha256[MATCH_SHA256_HEX];
	uint64_t refused = 0;

	for (size_t i = 0; i + PACKED_CHECKSUM_BYTES < twins->packed.bytes;
	     i++) {
		char was = twins->packed.text[i];

		twins->packed.text[i] ^=
			(char)(dice_roll(dice, 2) ? 1u << dice_roll(dice, 8)
						  : 1 + dice_roll(dice, 255));
		mend_checksum(&twins->packed);
		if (unpack(&twins->packed, twins->packed.bytes, &instance,
			   sha256, &error)) {
			must_be_sound(&instance);
			match_instance_free(&instance);
		} else {
			refused++;
		}
		twins->packed.text[i] = was;
	}
	mend_checksum(&twins->packed);
	return refused;
}

static uint64_t fail_each(const struct twins *twins)
{
	struct match_instance instance;
	struct match_error error;
	char sha256[MATCH_SHA256_HEX];
	uint64_t failed = 0;

	for (failing_call = 1;; failing_call++, failed++) {
		calls = 0;
		if (unpack(&twins->packed, twins->packed.bytes, &instance,
			   sha256, &error))
			break;
		MATCH_INSIST(error.status == MATCH_NO_MEMORY);
	}
	failing_call = 0;
	match_instance_free(&instance);
	return failed;
}

int main(void)
{
	uint64_t refused = 0, failed = 0;
	struct dice dice = {1};

	for (uint64_t seed = 0; seed < 60; seed++) {
		struct twins twins;

		make(seed, &twins);
		there_and_back(&twins);
		cut_short(&twins);
		if (seed < 15)
			change_each_byte(&twins);
		refused += lie(&twins, &dice);
		failed += fail_each(&twins);
		drop(&twins);
	}
	printf("%llu lies refused, %llu allocations failed\n",
	       (unsigned long long)refused, (unsigned long long)failed);
	return refused && failed ? 0 : 1;
}
